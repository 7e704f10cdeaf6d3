using Farspan.Topology;

namespace Farspan.Topology.Tests;

/// <summary>What <c>farspan show</c> prints.</summary>
public sealed class NetworkListingTests
{
    private static readonly Network Network = WrittenNetworks.Load(WrittenNetworks.WithKeys(
        """ "links": { "transport": "ha-vpn", "awsKeepalive": "15s" }, "dns": { "zone": "example.com" } """,
        WrittenNetworks.Extend(WrittenNetworks.East, """ "router": { "asn": 65001 }, "weight": 70 """),
        WrittenNetworks.West));

    [Fact]
    public void WrittenValues_AreToldFromDerivedOnes()
    {
        Assert.Equal(("65001", false), Find("router/us-east4", "asn"));
        Assert.Equal(("64601", true), Find("router/us-west1", "asn"));
        Assert.Equal(("70", false), Find("region/east", "weight"));
        Assert.Equal(("100", true), Find("region/west", "weight"));
    }

    [Fact]
    public void ValuesAreWritten_AsTheFileWouldHaveThem()
    {
        Assert.Equal("20s", Find("router/us-east4", "keepalive").Text);
        Assert.Equal("45s", Find("bgp/us-east4/a", "awsHold").Text);
        Assert.Equal("169.254.64.2/30", Find("bgp/us-east4/a", "googleAddress").Text);
        Assert.Equal("yes", Find("tgw/us-east-1", "vpnEcmp").Text);
        Assert.Equal("connector", Find("subnet/us-east-1/connector-a", "purpose").Text);
    }

    [Fact]
    public void EveryTable_HasAValueForEachOfItsKeys_AndNoElementComesTwice()
    {
        var tables = NetworkListing.TablesOf(Network);

        Assert.All(tables, table => Assert.All(table.Elements, listed =>
            Assert.Equal(table.Keys.ToArray(), listed.Values.Select(value => value.Key))));
        var ids = tables.SelectMany(table => table.Elements).Select(listed => listed.Element.Id).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Theory]
    [InlineData("partner-cross-cloud-interconnect")]
    [InlineData("cross-cloud-interconnect")]
    [InlineData("colo-interconnect")]
    [InlineData("ha-vpn")]
    public void EveryElement_IsInATable_ButThoseThatOthersContain(string transport)
    {
        const string Places = """ "links": [{ "googleLocation": "iad-zone1-1", "awsLocation": "EqDC2" }] """;
        var network = WrittenNetworks.Load(WrittenNetworks.WithKeys(
            $$""" "links": { "transport": "{{transport}}" }, "dns": { "zone": "example.com" } """,
            WrittenNetworks.Extend(WrittenNetworks.East, Places)));

        var shown = NetworkListing.TablesOf(network)
            .SelectMany(table => table.Elements)
            .Select(listed => listed.Element.Id);

        Assert.Equal(["dns/example.com"], network.Elements.Select(element => element.Id).Except(shown));
    }

    private static (string Text, bool IsDerived) Find(string id, string key)
    {
        var listed = NetworkListing.TablesOf(Network)
            .SelectMany(table => table.Elements)
            .Single(item => item.Element.Id == id);
        var value = listed.Values.Single(item => item.Key == key);
        return (value.Text, value.IsDerived);
    }
}
