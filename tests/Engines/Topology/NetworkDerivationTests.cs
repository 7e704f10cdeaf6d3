using System.Net;
using Farspan.Topology;

namespace Farspan.Topology.Tests;

public sealed class NetworkDerivationTests
{
    [Fact]
    public void AFileWithoutRegions_DescribesNoNetwork() =>
        Assert.Null(Written.LoadModel(Written.With(""" "cluster": "a" """)).Network);

    [Fact]
    public void TwoRegions_GetSupernetsOfThePool_AndAHalfEachForTheClouds()
    {
        var regions = WrittenNetworks.Load(WrittenNetworks.TwoRegions).Regions;

        Assert.Equal(["10.0.0.0/12", "10.16.0.0/12"], regions.Select(r => r.Supernet.ToString()));
        Assert.Equal(["10.0.0.0/16", "10.16.0.0/16"], regions.Select(r => r.GoogleRange.ToString()));
        Assert.Equal(["10.1.0.0/16", "10.17.0.0/16"], regions.Select(r => r.AwsRange.ToString()));
        Assert.Equal(["west", "east"], regions.Select(r => r.Fallback));
    }

    [Fact]
    public void ARegionWithRangesOfItsOwn_LeavesThePoolToTheOthers()
    {
        var east = WrittenNetworks.Extend(WrittenNetworks.East, """ "supernet": "10.0.0.0/13" """);

        var regions = WrittenNetworks.Load(WrittenNetworks.With(east, WrittenNetworks.West)).Regions;

        Assert.Equal(["10.0.0.0/13", "10.16.0.0/12"], regions.Select(r => r.Supernet.ToString()));
        Assert.Equal("10.0.0.0/17", regions[0].GoogleRange.ToString());
    }

    [Fact]
    public void EveryTransport_HasItsParts_AndEachLinkNamesThoseItNeeds()
    {
        var partner = Load("partner-cross-cloud-interconnect");
        var direct = Load("cross-cloud-interconnect");
        var colo = Load("colo-interconnect");
        var vpn = Load("ha-vpn");

        Assert.All(partner.Links, link => Assert.NotNull(link.PartnerTransport));
        Assert.All(partner.Sessions, session => Assert.Equal(BgpSessionKind.Managed, session.Kind));
        Assert.All(direct.Links, link => Assert.Equal(
            (true, true, 1),
            (link.Attachment is not null, link.VirtualInterface is not null, link.Sessions.Length)));
        Assert.All(colo.Links, link => Assert.Equal((true, 2), (link.ColoRouter is not null, link.Sessions.Length)));
        Assert.Equal((8, 8, 4), (vpn.Links.Length, vpn.Tunnels.Length, vpn.VpnConnections.Length));
        Assert.Empty(vpn.DirectConnectGateways);
        Assert.All(vpn.Sessions, session => Assert.False(session.HasBfd));
        Assert.All(direct.Sessions, session => Assert.True(session.HasBfd));
    }

    [Theory]
    [InlineData("partner-cross-cloud-interconnect")]
    [InlineData("cross-cloud-interconnect")]
    [InlineData("colo-interconnect")]
    [InlineData("ha-vpn")]
    public void EveryIdIsUnique_AndEveryReferenceLeadsSomewhere(string transport)
    {
        var network = Load(transport);
        var ids = network.Elements.Select(element => element.Id).ToHashSet();

        Assert.Equal(network.Elements.Count(), ids.Count);
        Assert.Empty(References(network).Where(id => !ids.Contains(id)));
    }

    [Fact]
    public void TheEndsOfASession_ShareASubnet_AndExpectEachOthersNumbers()
    {
        foreach (var session in Load("colo-interconnect").Sessions)
        {
            Assert.Equal(session.Local.Address!.Value.Network, session.Remote.Address!.Value.Network);
            Assert.NotEqual(session.Local.Address, session.Remote.Address);
            Assert.Equal(session.Local.Asn, session.Local.ExpectedAsn);
            Assert.Equal(session.Remote.Asn, session.Remote.ExpectedAsn);
        }
    }

    [Fact]
    public void NoTwoSpeakers_ShareANumber()
    {
        var network = Load("colo-interconnect");

        var numbers = network.Routers.Select(router => router.Asn!.Value)
            .Concat(network.TransitGateways.Select(gateway => gateway.Asn))
            .Concat(network.DirectConnectGateways.Select(gateway => gateway.Asn))
            .Concat(network.ColoRouters.Select(router => router.Asn))
            .ToArray();

        Assert.Equal(numbers.Length, numbers.Distinct().Count());
        Assert.All(numbers, number => Assert.InRange(number, 64_512u, 65_534u));
    }

    [Fact]
    public void Summaries_CoverWhatIsPropagated_AndLeadOverPeeringsAlone()
    {
        var network = WrittenNetworks.Load(WrittenNetworks.TwoRegions);

        foreach (var table in network.TransitTables)
        {
            Assert.Equal(2, table.StaticRoutes.Length);
            Assert.All(table.StaticRoutes, route => Assert.Contains(
                network.TransitAttachments,
                attachment => attachment.Id == route.Attachment
                    && attachment.Kind == TransitGatewayAttachmentKind.Peering));
            Assert.All(network.Regions, region => Assert.Contains(
                table.StaticRoutes,
                route => route.Prefix.Covers(region.AwsRange) && route.Prefix.Covers(region.GoogleRange)));
        }

        Assert.All(network.DirectConnectGateways, gateway =>
            Assert.Contains(network.AddressPool, Assert.Single(gateway.Associations).AllowedPrefixes));
    }

    [Fact]
    public void WithoutSummaries_NothingIsRoutedOverPeerings()
    {
        var network = WrittenNetworks.Load(WrittenNetworks.WithKeys(
            """ "crossRegion": { "fallback": "none" } """, WrittenNetworks.East, WrittenNetworks.West));

        Assert.All(network.TransitTables, table => Assert.Empty(table.StaticRoutes));
        Assert.Equal("10.1.0.0/16", Assert.Single(
            network.DirectConnectGateways[0].Associations[0].AllowedPrefixes).ToString());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(64)]
    public void TheFilters_FitWhatAwsTakes_HoweverManyRegionsThereAre(int count)
    {
        const int LinesOfAcl = 20;
        const int LinesOfGroup = 60;
        var regions = Enumerable.Range(0, count)
            .Select(i => $$"""{ "name": "r{{i}}", "google": "g-{{i}}", "aws": "a-{{i}}" }""");

        var network = WrittenNetworks.Load(WrittenNetworks.WithKeys(
            """ "addresses": { "regionPrefixLength": 14 } """, [.. regions]));

        Assert.All(network.NetworkAcls, acl => Assert.InRange(LinesOf(acl.Rules), 1, LinesOfAcl));
        Assert.All(network.SecurityGroups, group => Assert.InRange(LinesOf(group.Rules), 1, LinesOfGroup));

        static int LinesOf(IEnumerable<FilterRule> rules) => rules
            .GroupBy(rule => rule.Direction)
            .Max(direction => direction.Sum(rule => rule.Peers.Length));
    }

    [Fact]
    public void EveryRegion_CanCarryAllCalls_ThoughAZoneIsGone()
    {
        var network = WrittenNetworks.Load(WrittenNetworks.TwoRegions);

        Assert.All(network.Connectors, connector => Assert.True(
            connector.InstancesMin * 2 / 3 * connector.CallsMax >= 600, $"{connector.InstancesMin}"));
        Assert.All(network.Edges, edge => Assert.True(edge.InstancesMin * 2 / 3 * edge.CallsMax >= 600));
    }

    [Fact]
    public void WhatIsWrittenForAllLinks_HoldsUnlessALinkSaysOtherwise()
    {
        var east = WrittenNetworks.Extend(
            WrittenNetworks.East, """ "links": [{ "bfd": { "multiplier": 7 } }, { "name": "spare" }] """);

        var sessions = WrittenNetworks.Load(WrittenNetworks.WithKeys(
            """ "links": { "transport": "ha-vpn", "bfd": { "enabled": true, "multiplier": 6 } } """, east)).Sessions;

        Assert.Equal([7, 6], sessions.Select(session => session.Local.Bfd!.Multiplier));
        Assert.Equal(["bgp/us-east4/a", "bgp/us-east4/spare"], sessions.Select(session => session.Id));
    }

    [Fact]
    public void RegionsThatNameOneGateway_ShareIt()
    {
        const string Shared = """ "directConnectGateway": { "name": "shared" } """;

        var network = WrittenNetworks.Load(WrittenNetworks.With(
            WrittenNetworks.Extend(WrittenNetworks.East, Shared),
            WrittenNetworks.Extend(WrittenNetworks.West, Shared)));

        var gateway = Assert.Single(network.DirectConnectGateways);
        Assert.Equal(["tgw/us-east-1", "tgw/us-west-2"], gateway.Associations.Select(a => a.TransitGateway));
        Assert.All(network.Sessions, session => Assert.Equal(gateway.Asn, session.Remote.Asn));
    }

    [Fact]
    public void CarriersAreGivenTheName_UntilTheAddressIsKnown()
    {
        const string Dns = """ "dns": { "zone": "example.com" } """;
        var east = WrittenNetworks.Extend(WrittenNetworks.East, """ "edge": { "address": "192.0.2.20" } """);

        var carrier = WrittenNetworks.Load(WrittenNetworks.WithKeys(Dns, east, WrittenNetworks.West)).Carriers[0];

        Assert.Equal(["192.0.2.20", "edge-west.example.com"], carrier.Targets.Select(target => target.Host));
        Assert.Equal("edge-east.example.com", carrier.TlsName);
        Assert.Equal([10, 20], carrier.Targets.Select(target => target.Priority));
    }

    [Fact]
    public void AnInstanceWithAnId_IsThereForNodes_AndTheNodesOwnRegionIsItsDefault()
    {
        const string Ids = """ "connect": { "instanceId": "i-1", "entryFlowId": "f-1" } """;
        const string OtherIds = """ "connect": { "instanceId": "i-2", "entryFlowId": "f-2" } """;

        var model = Written.LoadModel(WrittenNetworks.WithKeys(
            """ "node": { "region": "west" } """,
            WrittenNetworks.Extend(WrittenNetworks.East, Ids),
            WrittenNetworks.Extend(WrittenNetworks.West, OtherIds)));

        Assert.Equal(["east", "west"], model.Connect.Instances.Select(instance => instance.Name));
        Assert.Equal(("west", "f-2"), (model.DefaultRoute!.Instance, model.DefaultRoute.ContactFlowId));
    }

    [Fact]
    public void ANode_MaySayItsRegionItself_AndMustSayOneOfTheFile()
    {
        const string Ids = """ "connect": { "instanceId": "i-1", "entryFlowId": "f-1" } """;
        const string OtherIds = """ "connect": { "instanceId": "i-2", "entryFlowId": "f-2" } """;
        var file = Written.Parse(WrittenNetworks.With(
            WrittenNetworks.Extend(WrittenNetworks.East, Ids),
            WrittenNetworks.Extend(WrittenNetworks.West, OtherIds)));

        var west = ConfigurationLoader.Load(file, Written.File, "west").Model!;
        var lost = Assert.Single(ConfigurationLoader.Load(file, Written.File, "wets").Findings);

        Assert.Equal(("west", "west"), (west.Node.Region, west.DefaultRoute!.Instance));
        Assert.Equal((FindingRules.UnknownName, "Did you mean 'west'?"), (lost.Rule, lost.Fix));
    }

    [Fact]
    public void SixtyFourRegions_AreDerived_WithoutRunningOutOfAnything()
    {
        var regions = Enumerable.Range(0, 64)
            .Select(i => $$"""{ "name": "r{{i}}", "google": "g-{{i}}", "aws": "a-{{i}}" }""")
            .ToArray();

        var network = WrittenNetworks.Load(WrittenNetworks.WithKeys(
            """ "addresses": { "regionPrefixLength": 14 }, "links": { "transport": "ha-vpn" } """, regions));

        Assert.Equal(64 * 63 / 2, network.Peerings.Length);
        Assert.Equal(64 * 4, network.Sessions.Select(session => session.Local.Address!.Value).Distinct().Count());
    }

    private static Network Load(string transport)
    {
        const string Places = """
             "links": [{ "googleLocation": "iad-zone1-1", "awsLocation": "EqDC2" },
                       { "googleLocation": "iad-zone2-1", "awsLocation": "CSVA1" }]
            """;
        var needsPlaces = transport is "cross-cloud-interconnect" or "colo-interconnect";
        var regions = new[] { WrittenNetworks.East, WrittenNetworks.West }
            .Select(region => needsPlaces ? WrittenNetworks.Extend(region, Places) : region);
        return WrittenNetworks.Load(WrittenNetworks.WithKeys(
            $$""" "links": { "transport": "{{transport}}" }, "dns": { "zone": "example.com" } """,
            [.. regions]));
    }

    private static IEnumerable<string> References(Network network) =>
        network.Sessions.SelectMany(s => new[] { s.Link, s.Local.Speaker, s.Remote.Speaker, s.Interface })
            .Concat(network.Links.SelectMany(l => new[]
            {
                l.GoogleSpeaker, l.AwsGateway, l.PartnerTransport, l.Interconnect, l.Attachment, l.ColoRouter,
                l.Connection, l.VirtualInterface, l.Tunnel,
            }.Concat(l.Sessions)))
            .Concat(network.Interfaces.SelectMany(i => new[] { i.Router, i.Attachment, i.Tunnel }))
            .Concat(network.Attachments.SelectMany(a => new[] { a.Router, a.Interconnect }))
            .Concat(network.VirtualInterfaces.SelectMany(v => new[] { v.Connection, v.DirectConnectGateway }))
            .Concat(network.Tunnels.SelectMany(t => new[] { t.HaVpnGateway, t.ExternalVpnGateway, t.VpnConnection }))
            .Concat(network.VpnConnections.SelectMany(v => new[] { v.TransitGateway, v.CustomerGateway }))
            .Concat(network.VpnConnections.SelectMany(v => v.Tunnels))
            .Concat(network.DirectConnectGateways.SelectMany(g => g.Associations.Select(a => a.TransitGateway)))
            .Concat(network.TransitAttachments.SelectMany(a => a.Subnets.Add(a.TransitGateway).Add(a.Resource)))
            .Concat(network.TransitTables.SelectMany(t => t.Associations.AddRange(t.Propagations)))
            .Concat(network.TransitTables.SelectMany(t => t.StaticRoutes.Select(r => r.Attachment)))
            .Concat(network.AwsSubnets.SelectMany(s => new[] { s.Vpc, s.RouteTable, NullIfEmpty(s.NetworkAcl) }))
            .Concat(network.Edges.SelectMany(e => new[] { e.Subnet, e.LoadBalancer }))
            .Concat(network.LoadBalancers.SelectMany(b => b.Backends.Add(b.HealthCheck)))
            .Concat(network.Connectors.SelectMany(c => c.Subnets.AddRange(c.ConnectInstances).Add(c.SecurityGroup)))
            .Concat(network.Carriers.SelectMany(c => c.Targets.Select(target => target.Edge)))
            .OfType<string>();

    private static string? NullIfEmpty(string id) => id.Length == 0 ? null : id;
}
