using System.Collections.Immutable;
using System.Net;

namespace Farspan.Topology.Tests;

/// <summary>
/// Rules whose breach takes more than a few keys, or that the loader would not let through: the network is changed
/// instead of the file.
/// </summary>
public sealed class UnwritableRuleTests
{
    [Theory]
    [InlineData(101, true)]
    [InlineData(100, false)]
    public void Bgp015_AnInterfaceTakesAHundredPrefixes(int count, bool isBroken)
    {
        var ranges = Enumerable.Range(0, count).Select(each => $"10.0.{each}.0/24");

        Judge("BGP-015", isBroken, $"regions[0].links[0].advertised = [{string.Join(", ", ranges)}]");
    }

    [Theory]
    [InlineData(201, true)]
    [InlineData(200, false)]
    public void Bgp015_AGatewayHasTwoHundredAllowedPrefixes(int count, bool isBroken)
    {
        var ranges = Enumerable.Range(0, count).Select(each => $"10.1.{each}.0/24");

        Judge("BGP-015", isBroken, $"regions[0].directConnectGateway.allowedPrefixes = [{string.Join(", ", ranges)}]");
    }

    [Theory]
    [InlineData(6, true)]
    [InlineData(5, false)]
    public void Bgp016_ARegionHasFiveRouters(int count, bool isBroken) => Judge("BGP-016", isBroken, network =>
        network with { Routers = Repeat(network.Routers[0], count) });

    [Theory]
    [InlineData(129, true)]
    [InlineData(128, false)]
    public void Bgp016_ARouterHas128Peers(int count, bool isBroken) => Judge("BGP-016", isBroken, network =>
        network with { Sessions = Repeat(network.Sessions[0], count) });

    [Theory]
    [InlineData("us-east4", true)]
    [InlineData("us-east5", false)]
    public void Lnk002_ARegionHasOnePartnerTransport(string second, bool isBroken)
    {
        var network = SoundNetwork.Derive("links.transport = partner-cross-cloud-interconnect");
        var transports = network.PartnerTransports;
        network = network with { PartnerTransports = [transports[0], transports[1] with { GoogleRegion = second }] };

        Judge("LNK-002", isBroken, NetworkRules.Check(network, SoundNetwork.Today));
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(4, false)]
    public void Lnk005_AConnectionHasFourTransitInterfaces(int count, bool isBroken) => Judge(
        "LNK-005", isBroken, network => network with
        {
            VirtualInterfaces = Repeat(network.VirtualInterfaces[0], count),
        });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Tgw004_AnAttachmentBelongsToOneTable(bool isBroken) => Judge("TGW-004", isBroken, network =>
    {
        var table = network.TransitTables[0];
        var associations = isBroken ? table.Associations : [];
        return network with { TransitTables = network.TransitTables.Add(table with { Associations = associations }) };
    });

    [Theory]
    [InlineData("10.16.0.0/12", true)]
    [InlineData("10.16.0.0/13", false)]
    public void Tgw013_APrefixHasOneStaticRoute(string prefix, bool isBroken) => Judge("TGW-013", isBroken, network =>
    {
        var table = network.TransitTables[0];
        var route = table.StaticRoutes[0] with { Prefix = IPNetwork.Parse("10.16.0.0/12") };
        var second = route with { Prefix = IPNetwork.Parse(prefix) };
        return network with { TransitTables = [table with { StaticRoutes = [route, second] }] };
    });

    [Theory]
    [InlineData(6, true)]
    [InlineData(5, false)]
    public void Tgw013_ARegionHasFiveGateways(int count, bool isBroken) => Judge("TGW-013", isBroken, network =>
        network with { TransitGateways = Repeat(network.TransitGateways[0], count) });

    [Theory]
    [InlineData("eu-west-1", true)]
    [InlineData("us-east-1", false)]
    public void Tgw017_CloudWanIsBesideTheGateway(string region, bool isBroken)
    {
        var network = SoundNetwork.Derive("crossRegion.kind = cloud-wan");
        var core = Assert.IsType<CoreNetwork>(network.CoreNetwork);
        core = core with { Edges = core.Edges.SetItem(0, core.Edges[0] with { AwsRegion = region }) };

        Judge("TGW-017", isBroken, NetworkRules.Check(network with { CoreNetwork = core }, SoundNetwork.Today));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Med005_ACarrierHasACodec(bool isBroken) => Judge("MED-005", isBroken, network =>
    {
        var carrier = network.Carriers[0];
        return network with { Carriers = [carrier with { Codecs = isBroken ? [] : carrier.Codecs[..1] }] };
    });

    [Fact]
    public void Tls001_AnExpiredCertificateIsAnErrorAndOneThatEndsSoonAWarning()
    {
        var findings = SoundNetwork.Check(
            "carriers[0].certificateEnd = 2026-11-21; carriers[1].transports = [tls];"
            + " carriers[1].targets = [east, west]; carriers[1].certificateEnd = 2026-12-01");

        Assert.Equal(
            [("carrier/acme", FindingSeverity.Error), ("carrier/globex", FindingSeverity.Warning)],
            findings.Where(each => each.Id == "TLS-001").Select(each => (each.Element, each.Severity)));
    }

    private static ImmutableArray<T> Repeat<T>(T element, int count)
        where T : NetworkElement =>
        [.. Enumerable.Range(0, count).Select(index => element with { Id = $"{element.Id}-{index}" })];

    private static void Judge(string rule, bool isBroken, string changes) =>
        Judge(rule, isBroken, SoundNetwork.Check(changes));

    private static void Judge(string rule, bool isBroken, Func<Network, Network> change) =>
        Judge(rule, isBroken, SoundNetwork.Check(change));

    private static void Judge(string rule, bool isBroken, IReadOnlyList<Finding> findings)
    {
        if (isBroken)
        {
            SoundNetwork.AssertBroken(rule, findings);
        }
        else
        {
            SoundNetwork.AssertKept(rule, findings);
        }
    }
}
