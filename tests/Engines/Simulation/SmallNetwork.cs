using System.Collections.Immutable;
using System.Net;

namespace Farspan.Simulation.Tests;

/// <summary>Two regions by hand: a Cloud Router, two links and a hub each, summaries over a peering.</summary>
/// <remarks>
/// <code>
///  google/e - cr/e =e1,e2= hub/e - vpc/e
///      ╳                    ║ peering
///  google/w - cr/w =w1,w2= hub/w - vpc/w
/// </code>
/// </remarks>
internal sealed class SmallNetwork
{
    public const int LinkE1 = 0, LinkE2 = 1, LinkW1 = 2, LinkW2 = 3, Peering = 4, RouterE = 5, HubE = 6, HubW = 7;

    private const int ElementCount = 8;
    private static readonly IPNetwork GoogleE = IPNetwork.Parse("10.0.0.0/20");
    private static readonly IPNetwork GoogleW = IPNetwork.Parse("10.1.0.0/20");
    private static readonly IPNetwork GoogleAll = IPNetwork.Parse("10.0.0.0/12");
    private static readonly IPNetwork AwsAll = IPNetwork.Parse("10.64.0.0/10");
    private static readonly IPNetwork VpcE = IPNetwork.Parse("10.64.0.0/16");
    private static readonly IPNetwork VpcW = IPNetwork.Parse("10.65.0.0/16");
    private readonly RoutingNetworkBuilder _builder = new(ElementCount);
    private readonly Dictionary<string, int> _tables = [];

    public SmallNetwork(bool hasSummaries = true, bool isGlobal = true)
    {
        foreach (var (side, asn, router, hub) in new[] { ("e", 65001u, RouterE, HubE), ("w", 65002u, -1, HubW) })
        {
            AddTable($"google/{side}", 0, RouteComparison.Metric);
            AddTable($"cr/{side}", asn, RouteComparison.Bgp, router < 0 ? [] : [router]);
            AddTable($"hub/{side}", asn + 100, RouteComparison.Bgp, hub);
            AddTable($"vpc/{side}", 0, RouteComparison.Rank);
            _builder.Deliver(_tables[$"google/{side}"], GoogleE);
            _builder.Deliver(_tables[$"google/{side}"], GoogleW);
        }

        _builder.Deliver(_tables["vpc/e"], VpcE);
        _builder.Deliver(_tables["vpc/w"], VpcW);
        AddSide("e", VpcE, hasSummaries, LinkE1, LinkE2);
        AddSide("w", VpcW, hasSummaries, LinkW1, LinkW2);
        AddPeering(hasSummaries, "e", "w");
        AddPeering(hasSummaries, "w", "e");
        foreach (var (from, to) in new[] { ("e", "e"), ("w", "w"), ("e", "w"), ("w", "e") })
        {
            if (from == to || isGlobal)
            {
                Learn(from, to);
            }
        }

        Network = _builder.Build();
    }

    public RoutingNetwork Network { get; }

    public int Table(string name) => _tables[name];

    /// <summary>The four pairs of an edge's and a connector's region.</summary>
    public ImmutableArray<Flow> Flows() =>
    [
        Flow(0, 0, "e", "e"), Flow(0, 1, "e", "w"), Flow(1, 0, "w", "e"), Flow(1, 1, "w", "w"),
    ];

    public SimulationModel Model() => new()
    {
        Elements = [.. Enumerable.Range(0, ElementCount).Select(i => new Element($"x/{i}", ElementKind.Link, ""))],
        RiskGroups = [],
        Network = Network,
        Carriers = [],
        Edges = [],
        Connectors = [Site("e"), Site("w")],
        Instances = [],
        Flows = Flows(),
        Links = [],
        PeakCalls = 0,
        Objectives = [],
        ConnectorSilence = NodeTimings.Default.NodeSilence,
    };

    private static Site Site(string region) => new() { Name = region, Region = region, Units = [] };

    private Flow Flow(int edge, int connector, string from, string to) => new(
        edge,
        connector,
        new FlowDirection(_tables[$"google/{from}"], Network.Covering(to == "e" ? VpcE : VpcW)),
        new FlowDirection(_tables[$"vpc/{to}"], Network.Covering(from == "e" ? GoogleE : GoogleW)));

    private void AddTable(string name, uint asn, RouteComparison compares, params ImmutableArray<int> elements) =>
        _tables.Add(name, _builder.AddTable(new RoutingTable
        {
            Name = name, Asn = asn, Compares = compares, PathsMax = 4, Elements = elements,
        }));

    private void AddSide(string side, IPNetwork vpc, bool hasSummaries, params int[] links)
    {
        var (google, router, hub) = (_tables[$"google/{side}"], _tables[$"cr/{side}"], _tables[$"hub/{side}"]);
        var inward = _builder.AddArc(router, google, "in", 1460);
        _builder.AddStatic(router, GoogleE, inward);
        _builder.AddStatic(router, GoogleW, inward);
        _builder.AddStatic(hub, vpc, _builder.AddArc(hub, _tables[$"vpc/{side}"], "vpc", 8500), RouteRank.Vpc);
        var back = _builder.AddArc(_tables[$"vpc/{side}"], hub, "vpc", 8500);
        _builder.AddStatic(_tables[$"vpc/{side}"], GoogleAll, back);
        foreach (var link in links)
        {
            var away = _builder.AddArc(router, hub, $"link/{link}", 1440, link);
            var home = _builder.AddArc(hub, router, $"link/{link}", 1440, link);
            AddSession(router, hub, home, [GoogleE, GoogleW], link);
            AddSession(hub, router, away, hasSummaries ? [vpc, AwsAll] : [vpc], link);
        }
    }

    private void AddSession(int from, int to, int arc, IPNetwork[] prefixes, int link) =>
        _builder.AddFeed(new Feed
        {
            From = from,
            To = to,
            Arc = arc,
            Announces = _builder.PrefixNumbers(prefixes),
            Prepends = 1,
            Med = 100,
            Rank = RouteRank.DirectConnect,
            Elements = [link],
            Detection = PathDetection.Bfd(DelayTests.Second(1, 5), DelayTests.Second(1, 5)),
        });

    private void AddPeering(bool hasSummaries, string from, string to)
    {
        var arc = _builder.AddArc(_tables[$"hub/{from}"], _tables[$"hub/{to}"], "peering", 8500, Peering);
        if (hasSummaries)
        {
            _builder.AddStatic(_tables[$"hub/{from}"], AwsAll, arc);
            _builder.AddStatic(_tables[$"hub/{from}"], GoogleAll, arc);
        }
    }

    private void Learn(string speaker, string region) => _builder.AddFeed(new Feed
    {
        From = _tables[$"cr/{speaker}"],
        To = _tables[$"google/{region}"],
        Arc = _builder.AddArc(_tables[$"google/{region}"], _tables[$"cr/{speaker}"], $"cr/{speaker}", 1460),
        Tells = RouteTags.Outside,
        Cost = speaker == region ? 0 : 300,
    });
}
