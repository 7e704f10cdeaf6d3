using System.Globalization;
using System.Net;
using System.Text;
using Farspan.Topology;

namespace Farspan.Simulation.Tests;

using Network = Farspan.Topology.Network;

/// <summary>
/// The topology as routers that run BIRD: a node for each region's half in Google Cloud (its VPC network
/// and Cloud Router in one), each colo router, Direct Connect gateway, transit gateway and VPC. Made from
/// the topology alone, without the simulation.
/// </summary>
internal sealed class LabPlan
{
    private const int BackboneAsn = 65535;
    private const int CostBetweenRegions = 200;
    private const int HostNumber = 10;

    private readonly Network _network;
    private readonly Dictionary<string, StringBuilder> _configurations = [];
    private readonly Dictionary<string, List<string>> _bfd = [];

    public LabPlan(Network network)
    {
        _network = network;
        foreach (var node in network.Regions.Select(region => Google(region.GoogleRegion))
            .Concat(network.ColoRouters.Select(colo => colo.Id))
            .Concat(network.DirectConnectGateways.Select(gateway => gateway.Id))
            .Concat(network.TransitGateways.Select(gateway => gateway.Id))
            .Concat(network.Vpcs.Select(vpc => vpc.Id)))
        {
            _configurations.Add(node, new StringBuilder());
            _bfd.Add(node, []);
        }

        AddGoogle();
        AddLinks();
        AddGateways();
        AddTransit();
    }

    public IEnumerable<string> Nodes => _configurations.Keys;

    public List<LabCable> Cables { get; } = [];

    /// <summary>Addresses that live at a node.</summary>
    public Dictionary<string, IPAddress> Hosts { get; } = [];

    public static string Google(string googleRegion) => $"google/{googleRegion}";

    /// <summary>What BIRD of a node reads.</summary>
    public string ConfigurationOf(string node)
    {
        var number = Nodes.ToList().IndexOf(node) + 1;
        return $$"""
            router id 192.0.2.{{number}};
            protocol device { scan time 1; }
            protocol direct { ipv4; }
            protocol bfd { {{string.Join(' ', _bfd[node])}} }
            protocol kernel {
              merge paths on;
              ipv4 {
                import none;
                export filter { if proto = "told" || source = RTS_DEVICE then reject; accept; };
              };
            }
            {{_configurations[node]}}
            """;
    }

    private LabCable Connect(string name, string a, string b)
    {
        var cable = new LabCable(Cables.Count + 1, name, a, b);
        Cables.Add(cable);
        return cable;
    }

    private void AddGoogle()
    {
        var regions = _network.Regions.Select(region => region.GoogleRegion).ToList();
        foreach (var edge in _network.Edges)
        {
            var subnet = _network.GoogleSubnets.First(s => s.Id == edge.Subnet);
            Hosts[Google(edge.GoogleRegion)] = subnet.Range.AddressAt(HostNumber);
        }

        for (var i = 0; i < regions.Count; i++)
        {
            for (var j = i + 1; j < regions.Count; j++)
            {
                var cable = Connect("backbone", Google(regions[i]), Google(regions[j]));
                AddBackbone(Google(regions[i]), regions[j], cable);
                AddBackbone(Google(regions[j]), regions[i], cable);
            }
        }
    }

    private void AddBackbone(string node, string other, LabCable cable)
    {
        var subnets = _network.GoogleSubnets.Where(subnet => subnet.GoogleRegion == other).Select(s => s.Range);
        var routes = subnets.Select(range => $"{range} via {cable.AddressOfPeer(node)}");
        AddStatic(node, $"near_{cable.Number}", routes, preference: 200);
        if (_network.GoogleNetwork.RoutingMode == GoogleRoutingMode.Global)
        {
            AddBgp(node, cable, BackboneAsn, BackboneAsn, "hold time 240;", $$"""
                if source != RTS_BGP then reject;
                if defined(bgp_med) then bgp_med = bgp_med + {{CostBetweenRegions}};
                else bgp_med = {{CostBetweenRegions}};
                accept;
                """);
        }
    }

    private void AddLinks()
    {
        foreach (var region in _network.Regions)
        {
            var router = _network.Routers.FirstOrDefault(r => r.GoogleRegion == region.GoogleRegion);
            var node = Google(region.GoogleRegion);
            var session = _network.Sessions.FirstOrDefault(s => NodeOf(s.Local.Speaker) == node);
            var ranges = session is null || router is null ? [] : Told(session, router);
            AddStatic(node, "told", ranges.Select(range => $"{range} blackhole"), preference: 150);
        }

        foreach (var link in _network.Links)
        {
            foreach (var session in link.Sessions.Select(id => _network.Sessions.First(s => s.Id == id)))
            {
                var (near, far) = (NodeOf(session.Local.Speaker), NodeOf(session.Remote.Speaker));
                var cable = Connect(link.Id, near, far);
                AddSession(near, cable, session, session.Local, session.Remote);
                AddSession(far, cable, session, session.Remote, session.Local);
            }
        }
    }

    private IEnumerable<IPNetwork> Told(BgpSession session, CloudRouter router)
    {
        var transport = _network.PartnerTransports.FirstOrDefault(t => t.Id == session.Local.Speaker);
        var subnets = _network.GoogleSubnets.Select(subnet => subnet.Range);
        return transport is not null ? transport.AdvertisedRanges
            : !session.AdvertisedRanges.IsEmpty ? session.AdvertisedRanges
            : router.AdvertiseMode == AdvertiseMode.Default ? subnets
            : router.AdvertisesAllSubnets ? subnets.Concat(router.AdvertisedRanges).Distinct()
            : router.AdvertisedRanges;
    }

    private string ToldBy(string node)
    {
        var session = _network.Sessions.First(s => NodeOf(s.Local.Speaker) == node);
        var router = _network.Routers.First(r => Google(r.GoogleRegion) == node);
        return string.Join(", ", Told(session, router));
    }

    private string NodeOf(string speaker) =>
        _network.Routers.FirstOrDefault(r => r.Id == speaker) is { } router ? Google(router.GoogleRegion)
        : _network.PartnerTransports.FirstOrDefault(t => t.Id == speaker) is { } transport
            ? Google(transport.GoogleRegion)
        : speaker;

    private void AddSession(string node, LabCable cable, BgpSession session, BgpEnd end, BgpEnd other)
    {
        var options = Invariantly(
            $"hold time {end.Hold.TotalSeconds}; keepalive time {end.Keepalive.TotalSeconds};");
        if (end.Bfd is { } bfd && session.HasBfd)
        {
            options += " bfd on;";
            var send = Invariantly($"min tx interval {bfd.MinTransmit.TotalMilliseconds} ms;");
            var receive = Invariantly($"min rx interval {bfd.MinReceive.TotalMilliseconds} ms;");
            _bfd[node].Add(
                $"interface \"{cable.InterfaceOf(node)}\" {{ {send} {receive} multiplier {bfd.Multiplier}; }};");
        }

        var export = node.StartsWith("google/", StringComparison.Ordinal)
            ? $"if source != RTS_STATIC || net !~ [ {ToldBy(node)} ] then reject; "
                + $"bgp_med = {session.AdvertisedPriority}; accept;"
            : node.StartsWith("dxgw/", StringComparison.Ordinal) ? "if proto = \"allowed\" then accept; reject;"
            : "if source = RTS_DEVICE then reject; accept;";
        AddBgp(node, cable, end.Asn!.Value, other.Asn!.Value, options, export);
    }

    private void AddBgp(string node, LabCable cable, uint local, uint remote, string options, string export) =>
        _configurations[node].AppendLine($$"""
            protocol bgp b{{cable.Number}} {
              local {{cable.AddressOf(node)}} as {{local}};
              neighbor {{cable.AddressOfPeer(node)}} as {{remote}};
              {{options}}
              connect delay time 1; connect retry time 2; error wait time 1, 2; med metric on;
              ipv4 { next hop self; import all; export filter { {{export}} }; };
            }
            """);

    private void AddStatic(string node, string name, IEnumerable<string> routes, int preference)
    {
        var lines = routes.Distinct().Select(route => $"route {route};");
        _configurations[node].AppendLine(
            $"protocol static {name} {{ ipv4 {{ preference {preference}; }}; {string.Join(' ', lines)} }}");
    }

    private void AddGateways()
    {
        foreach (var gateway in _network.DirectConnectGateways)
        {
            var allowed = new List<string>();
            foreach (var association in gateway.Associations)
            {
                var attachment = _network.TransitAttachments.First(a =>
                    a.Resource == gateway.Id && a.TransitGateway == association.TransitGateway);
                var cable = Connect(attachment.Id, gateway.Id, association.TransitGateway);
                var asn = _network.TransitGateways.First(t => t.Id == association.TransitGateway).Asn;
                AddBgp(gateway.Id, cable, gateway.Asn, asn, "", "if source = RTS_BGP then accept; reject;");
                AddBgp(association.TransitGateway, cable, asn, gateway.Asn, "", "reject;");
                var next = cable.AddressOfPeer(gateway.Id);
                allowed.AddRange(association.AllowedPrefixes.Select(prefix => $"{prefix} via {next}"));
            }

            AddStatic(gateway.Id, "allowed", allowed, preference: 200);
        }
    }

    private void AddTransit()
    {
        var peerings = _network.Peerings.ToDictionary(p => p.Id, p => Connect(p.Id, p.Requester, p.Accepter));
        foreach (var table in _network.TransitTables)
        {
            var routes = table.StaticRoutes.Select(route =>
            {
                var attachment = _network.TransitAttachments.First(a => a.Id == route.Attachment);
                return $"{route.Prefix} via {peerings[attachment.Resource].AddressOfPeer(table.TransitGateway)}";
            });
            AddStatic(table.TransitGateway, "fixed", routes, preference: 200);
        }

        var attachments = _network.TransitAttachments.Where(a => a.Kind == TransitGatewayAttachmentKind.Vpc);
        foreach (var attachment in attachments)
        {
            var vpc = _network.Vpcs.First(v => v.Id == attachment.Resource);
            var cable = Connect(attachment.Id, attachment.TransitGateway, vpc.Id);
            AddStatic(
                attachment.TransitGateway, "vpc",
                [$"{vpc.Range} via {cable.AddressOfPeer(attachment.TransitGateway)}"], preference: 200);
            var connector = _network.Connectors.First(c => c.Vpc == vpc.Id);
            var subnet = _network.AwsSubnets.First(s => connector.Subnets.Contains(s.Id));
            Hosts[vpc.Id] = subnet.Range.AddressAt(HostNumber);
            var routes = _network.RouteTables.First(t => t.Id == subnet.RouteTable).Routes
                .Where(route => route.Target == AwsRouteTarget.TransitGateway);
            var next = cable.AddressOfPeer(vpc.Id);
            AddStatic(vpc.Id, "outward", routes.Select(route => $"{route.Prefix} via {next}"), preference: 200);
        }
    }

    private static string Invariantly(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
