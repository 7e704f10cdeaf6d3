using System.Text.Json;

namespace Farspan.Cli.Tests;

/// <summary><c>farspan check</c>, as it is called.</summary>
public sealed class CheckCommandTests
{
    private const string Guide = "samples/guide-as-written.yaml";

    /// <summary>What the guide's design is wrong in, wherever else it may be too.</summary>
    private static readonly string[] FaultsOfTheGuide =
    [
        "ADR-001", // The same 10.0.0.0/16 in both regions.
        "ADR-004", // 169.254.0.1 is AWS's own.
        "BGP-001", // Cloud Routers without an ASN.
        "BGP-003", // 64512 for the transit gateway and the Direct Connect gateway.
        "BGP-012", // No BFD.
        "BGP-024", // One link for each region.
        "CAP-003", // Ten calls at once.
        "CON-001", // No Amazon Connect in us-west-1.
        "LBH-001", // SIP behind a global proxy.
        "LBH-002", // Machines in AWS as its backends.
        "LBH-005", // A TCP connect as health check.
        "MGT-003", // Instances made by hand.
        "MON-001", // No alarm for each session.
        "SIP-005", // Timer B as it comes.
        "TGW-001", // BGP expected over the peering.
        "TGW-002", // Routes on one side of it.
        "TGW-018", // The backup wins over what it backs up.
        "VPC-001", // Regional routing.
        "VPC-003", // Google as transit between AWS regions.
    ];

    private static readonly Lazy<Task<(int ExitCode, string Output, string Error)>> GuideAsJson =
        new(() => FarspanProcess.RunAsync("check", Guide, "--json"));

    [Fact]
    public async Task TheGuideAsWritten_IsTakenApart()
    {
        var (exitCode, output, _) = await GuideAsJson.Value;

        var report = JsonDocument.Parse(output).RootElement;
        var findings = report.GetProperty("findings").EnumerateArray().ToList();
        var ids = findings.Select(finding => finding.GetProperty("id").GetString()!).Distinct().ToList();
        Assert.Equal(2, exitCode);
        Assert.False(report.GetProperty("valid").GetBoolean());
        Assert.Empty(FaultsOfTheGuide.Except(ids));
        Assert.All(findings, finding => Assert.True(finding.GetProperty("line").GetInt32() > 0));
    }

    [Theory]
    [InlineData("CON-001", "aws: us-west-1")]
    [InlineData("VPC-001", "routingMode: regional")]
    [InlineData("BGP-003", "asn: 64512")]
    [InlineData("TGW-001", "expectsBgp: true")]
    [InlineData("LBH-001", "scope: global")]
    [InlineData("ADR-004", "googleAddress: 169.254.0.2/30")]
    [InlineData("SIP-005", "inviteTimeout: 32s")]
    public async Task AFinding_PointsAtTheLineThatMendsIt(string rule, string written)
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(FarspanProcess.Root, Guide));

        var (_, output, _) = await GuideAsJson.Value;

        var places = from finding in JsonDocument.Parse(output).RootElement.GetProperty("findings").EnumerateArray()
                     where finding.GetProperty("id").GetString() == rule
                     select lines[finding.GetProperty("line").GetInt32() - 1];
        Assert.Contains(places, line => line.Contains(written, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("two-regions-partner-cci")]
    [InlineData("two-regions-cci")]
    [InlineData("two-regions-colo")]
    [InlineData("two-regions-ha-vpn")]
    public async Task ACorrectedDesign_HasNoError(string sample)
    {
        var (exitCode, output, _) = await FarspanProcess.RunAsync("check", $"samples/{sample}.yaml", "--json");

        Assert.Equal(0, JsonDocument.Parse(output).RootElement.GetProperty("errors").GetInt32());
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task PeopleGetATable_AndASumOfIt()
    {
        var (exitCode, output, _) = await FarspanProcess.RunAsync("check", Guide);

        Assert.Equal(2, exitCode);
        Assert.Matches(@"(?m)^\s+error\s+CON-001\s+\d+:\d+\s+connect/us-west-1 cannot be made", output);
        Assert.Matches(@"samples/guide-as-written\.yaml: \d+ errors, \d+ warnings, \d+ notes\.", output);
        Assert.DoesNotContain('\u001b', output);
    }

    [Fact]
    public async Task AnOldName_StillWorks()
    {
        var (exitCode, output, _) = await FarspanProcess.RunAsync("check-config", "samples/connector.yaml");

        Assert.Equal(0, exitCode);
        Assert.Contains("0 errors", output);
    }

    [Fact]
    public async Task AFileThatIsNotThere_IsAFinding()
    {
        var (exitCode, output, _) = await FarspanProcess.RunAsync("check", "samples/nothing.yaml", "--json");

        Assert.Equal(2, exitCode);
        Assert.Equal("CFG-001", JsonDocument.Parse(output).RootElement
            .GetProperty("findings")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task ARuleIsExplained_WithoutAFile()
    {
        var (exitCode, output, _) = await FarspanProcess.RunAsync("check", "--explain", "bgp-003");

        Assert.Equal(0, exitCode);
        Assert.Contains("BGP-003", output);
        Assert.Contains("64512", output);
        Assert.Contains("direct-connect-transit-gateways.html", output);
    }

    [Fact]
    public async Task ARuleThatDoesNotExist_IsSuggested()
    {
        var (exitCode, _, error) = await FarspanProcess.RunAsync("check", "--explain", "BGP-33");

        Assert.Equal(1, exitCode);
        Assert.Contains("Did you mean BGP-003?", error);
    }

    [Fact]
    public async Task StrictWarnings_CountAsErrors()
    {
        var file = Path.GetTempFileName();
        try
        {
            var sample = await File.ReadAllTextAsync(
                Path.Combine(FarspanProcess.Root, "samples", "two-regions-partner-cci.yaml"));
            await File.WriteAllTextAsync(file, sample.Replace("probeInterval: 30s", "probeInterval:"));

            Assert.Equal(0, (await FarspanProcess.RunAsync("check", file)).ExitCode);
            Assert.Equal(2, (await FarspanProcess.RunAsync("check", file, "--strict")).ExitCode);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Sarif_HasWhatTheStandardRequires()
    {
        var (_, output, _) = await FarspanProcess.RunAsync("check", Guide, "--sarif");

        var log = JsonDocument.Parse(output).RootElement;
        var run = Assert.Single(log.GetProperty("runs").EnumerateArray());
        var driver = run.GetProperty("tool").GetProperty("driver");
        var rules = driver.GetProperty("rules").EnumerateArray().ToList();
        Assert.Equal("2.1.0", log.GetProperty("version").GetString());
        Assert.EndsWith("sarif-2.1.0.json", log.GetProperty("$schema").GetString());
        Assert.Equal("farspan check", driver.GetProperty("name").GetString());
        Assert.Equal(rules.Count, rules.Select(rule => rule.GetProperty("id").GetString()).Distinct().Count());
        Assert.All(rules, AssertRule);
        Assert.NotEmpty(run.GetProperty("results").EnumerateArray());
        Assert.All(run.GetProperty("results").EnumerateArray(), result => AssertResult(result, rules));
    }

    [Fact]
    public async Task AnAcceptedWarning_IsSuppressedInSarif()
    {
        var file = Path.GetTempFileName();
        try
        {
            var sample = await File.ReadAllTextAsync(
                Path.Combine(FarspanProcess.Root, "samples", "two-regions-partner-cci.yaml"));
            await File.WriteAllTextAsync(
                file, sample + "\naccept:\n  - { rule: CON-009, reason: We know., until: 9999-12-31 }\n");

            var (_, output, _) = await FarspanProcess.RunAsync("check", file, "--sarif");

            var results = JsonDocument.Parse(output).RootElement.GetProperty("runs")[0].GetProperty("results");
            var accepted = results.EnumerateArray().Single(each => each.GetProperty("ruleId").GetString() == "CON-009");
            var suppression = Assert.Single(accepted.GetProperty("suppressions").EnumerateArray());
            Assert.Equal("inSource", suppression.GetProperty("kind").GetString());
            Assert.Equal("We know.", suppression.GetProperty("justification").GetString());
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void AssertRule(JsonElement rule)
    {
        Assert.NotEmpty(rule.GetProperty("shortDescription").GetProperty("text").GetString()!);
        Assert.NotEmpty(rule.GetProperty("help").GetProperty("text").GetString()!);
        Assert.Contains(
            rule.GetProperty("defaultConfiguration").GetProperty("level").GetString(),
            new[] { "note", "warning", "error" });
    }

    private static void AssertResult(JsonElement result, List<JsonElement> rules)
    {
        var rule = rules[result.GetProperty("ruleIndex").GetInt32()];
        var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        var region = place.GetProperty("region");
        Assert.Equal(rule.GetProperty("id").GetString(), result.GetProperty("ruleId").GetString());
        Assert.NotEmpty(result.GetProperty("message").GetProperty("text").GetString()!);
        Assert.Contains(result.GetProperty("level").GetString(), new[] { "note", "warning", "error" });
        Assert.Equal(Guide, place.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.True(region.GetProperty("startLine").GetInt32() >= 1);
        Assert.True(region.GetProperty("startColumn").GetInt32() >= 1);
    }
}
