using Farspan.Topology;

namespace Farspan.Topology.Tests;

/// <summary>What leaves no network at all is told when the file is read, with its place and advice.</summary>
public sealed class NetworkFindingTests
{
    [Fact]
    public void AMisspeltKey_IsToldWithTheRightOne()
    {
        var region = WrittenNetworks.Extend(WrittenNetworks.East, """ "conector": {} """);

        var finding = Assert.Single(Written.Load(WrittenNetworks.With(region)).Findings);

        Assert.Equal(FindingRules.UnknownKey, finding.Rule);
        Assert.Equal(("regions[0]", "Did you mean 'connector'?"), (finding.Path, finding.Fix));
    }

    [Fact]
    public void ATargetRegionThatDoesNotExist_IsADanglingReference()
    {
        var file = WrittenNetworks.With(WrittenNetworks.East)
            .Replace("\"peakCalls\"", """ "targets": ["esat"], "peakCalls" """);

        var finding = Assert.Single(Written.Load(file).Findings);

        Assert.Equal(FindingRules.UnknownName, finding.Rule);
        Assert.Contains("'esat'", finding.What);
        Assert.Equal("Did you mean 'east'?", finding.Fix);
    }

    [Fact]
    public void AnAttachmentOfATableThatDoesNotExist_IsADanglingReference()
    {
        var region = WrittenNetworks.Extend(
            WrittenNetworks.East,
            """ "transitGateway": { "tables": [{ "routes": [{ "prefix": "10.0.0.0/8", "to": "dxg" }] }] } """);

        var finding = Assert.Single(Written.Load(WrittenNetworks.With(region)).Findings);

        Assert.Equal((FindingRules.UnknownName, "regions[0].transitGateway.tables[0].routes[0].to"),
            (finding.Rule, finding.Path));
        Assert.Equal("Did you mean 'dxgw'?", finding.Fix);
    }

    [Fact]
    public void AnInterconnectOfOurOwn_NeedsItsFacilities()
    {
        var findings = Written.Load(WrittenNetworks.WithKeys(
            """ "links": { "transport": "cross-cloud-interconnect", "count": 1 } """, WrittenNetworks.East)).Findings;

        Assert.Equal(
            ["regions[0].links[0].awsLocation", "regions[0].links[0].googleLocation"],
            findings.Select(finding => finding.Path).Order());
        Assert.All(findings, finding => Assert.Equal(FindingRules.KeyMissing, finding.Rule));
    }

    [Fact]
    public void APoolThatIsTooSmall_IsSaidOnce_ForEachRegionThatGetsNone()
    {
        var findings = Written.Load(WrittenNetworks.WithKeys(
            """ "addresses": { "pool": "10.0.0.0/12" } """, WrittenNetworks.East, WrittenNetworks.West)).Findings;

        var finding = Assert.Single(findings);
        Assert.Equal((FindingRules.Contradiction, "addresses.pool"), (finding.Rule, finding.Path));
        Assert.Contains("'west'", finding.What);
    }

    [Fact]
    public void TwoRegionsInOneRegionOfACloud_AreOneTooMany()
    {
        var west = WrittenNetworks.West.Replace("us-west-2", "us-east-1");

        var findings = Written.Load(WrittenNetworks.With(WrittenNetworks.East, west)).Findings;

        Assert.Contains(findings, finding => finding.Rule == FindingRules.NameTwice
            && finding.What.Contains("tgw/us-east-1", StringComparison.Ordinal));
    }

    [Fact]
    public void ValuesThatNobodyShouldUse_AreForTheRules_NotForTheLoader()
    {
        var region = WrittenNetworks.Extend(
            WrittenNetworks.East,
            """
            "router": { "asn": 0, "keepalive": "1s" }, "googleRange": "10.9.0.0/16",
            "awsRange": "10.9.0.0/16",
            "transitGateway": { "asn": 64512 }, "directConnectGateway": { "asn": 64512 },
            "edge": { "loadBalancer": { "scope": "global", "protocol": "tcp", "backends": "connectors" } }
            """);

        Assert.Empty(Written.Load(WrittenNetworks.With(region)).Findings);
    }
}
