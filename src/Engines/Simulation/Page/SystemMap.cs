using System.Collections.Immutable;

namespace Farspan.Simulation;

/// <summary>
/// Where things are drawn: carriers on the left, Amazon Connect on the right, a row for each region.
/// </summary>
public sealed class SystemMap
{
    private const int ColumnWidth = 190;
    private const int RowHeight = 150;
    private const int Margin = 90;

    /// <summary>Kinds of things from left to right, by the beginning of their ids.</summary>
    private static readonly string[][] Columns =
    [
        ["carrier"], ["google"], ["router", "transport"], ["colo"], ["dxgw"], ["tgw", "core-network"], ["vpc"],
        ["connect"],
    ];

    private readonly Dictionary<string, int> _numbers = [];

    public SystemMap(SimulationModel model)
    {
        var ids = Ids(model).Distinct().ToList();
        var used = Columns.Where(kinds => ids.Exists(id => kinds.Contains(Kind(id)))).ToList();
        var rows = used.Select(kinds => ids.Count(id => kinds.Contains(Kind(id)))).DefaultIfEmpty(1).Max();
        Width = (used.Count * ColumnWidth) + Margin;
        Height = rows * RowHeight;
        Nodes = [.. used.SelectMany((kinds, column) => Place(model, ids, kinds, column))];
        foreach (var (i, node) in Nodes.Index())
        {
            _numbers.Add(node.Id, i);
        }

        (Lines, LineOfArc) = Connect(model);
    }

    public int Width { get; }

    public int Height { get; }

    public ImmutableArray<MapNode> Nodes { get; }

    public ImmutableArray<MapLine> Lines { get; }

    /// <summary>The line of each arc; -1: inside a node.</summary>
    public ImmutableArray<int> LineOfArc { get; }

    public int NodeOf(RoutingTable table) => _numbers[table.Node ?? table.Name];

    private static string Kind(string id) => id.Split('/')[0];

    private static IEnumerable<string> Ids(SimulationModel model) =>
        model.Carriers.Select(carrier => carrier.Name)
            .Concat(model.Network.Tables.Select(table => table.Node ?? table.Name))
            .Concat(model.Instances.Select(instance => instance.Name));

    private IEnumerable<MapNode> Place(SimulationModel model, List<string> ids, string[] kinds, int column)
    {
        var here = ids.Where(id => kinds.Contains(Kind(id))).ToList();
        var step = (double)Height / here.Count;
        return here.Select((id, row) => new MapNode(
            id,
            Margin + (column * ColumnWidth),
            (int)((row + 0.5) * step),
            Parts(model, id)));
    }

    /// <summary>What can be broken at a node: itself, its machines, its load balancer.</summary>
    private static ImmutableArray<int> Parts(SimulationModel model, string id)
    {
        var own = Enumerable.Range(0, model.Elements.Length).Where(i => model.Elements[i].Id == id);
        var sites = model.Edges.Concat(model.Connectors).Where(site => NodeOfSite(model, site) == id);
        return
        [
            .. own, .. sites.SelectMany(site => site.Shared.Concat(site.Units.SelectMany(unit => unit.Elements))),
        ];
    }

    private static string? NodeOfSite(SimulationModel model, Site site)
    {
        var edge = model.Edges.IndexOf(site);
        var flow = edge >= 0
            ? model.Flows.FirstOrDefault(f => f.Edge == edge)?.Forward
            : model.Flows.FirstOrDefault(f => f.Connector == model.Connectors.IndexOf(site))?.Return;
        return flow is null ? null : model.Network.Tables[flow.From].Node ?? model.Network.Tables[flow.From].Name;
    }

    /// <summary>
    /// From carriers to edges, and from connectors to Amazon Connect: calls, not packets between clouds.
    /// </summary>
    private IEnumerable<MapLine> CallLines(SimulationModel model)
    {
        foreach (var carrier in model.Carriers)
        {
            foreach (var edge in carrier.Targets)
            {
                if (NodeOfSite(model, model.Edges[edge]) is { } node)
                {
                    yield return new MapLine("", _numbers[carrier.Name], _numbers[node], -1);
                }
            }
        }

        foreach (var connector in model.Connectors)
        {
            if (!connector.Successors.IsEmpty && NodeOfSite(model, connector) is { } node)
            {
                var instance = model.Instances[connector.Successors[0]].Name;
                yield return new MapLine("", _numbers[node], _numbers[instance], -1);
            }
        }
    }

    private (ImmutableArray<MapLine> Lines, ImmutableArray<int> LineOfArc) Connect(SimulationModel model)
    {
        var lines = new List<MapLine>();
        var numbers = new Dictionary<(int, int, string), int>();
        var arcs = ImmutableArray.CreateBuilder<int>(model.Network.Arcs.Length);
        foreach (var arc in model.Network.Arcs)
        {
            var (a, b) = (NodeOf(model.Network.Tables[arc.From]), NodeOf(model.Network.Tables[arc.To]));
            var key = (Math.Min(a, b), Math.Max(a, b), arc.Name);
            if (a != b && !numbers.ContainsKey(key))
            {
                numbers.Add(key, lines.Count);
                var element = Enumerable.Range(0, model.Elements.Length)
                    .FirstOrDefault(i => model.Elements[i].Id == arc.Name, -1);
                lines.Add(new MapLine(arc.Name, key.Item1, key.Item2, element));
            }

            arcs.Add(a == b ? -1 : numbers[key]);
        }

        lines.AddRange(CallLines(model).Distinct());
        return ([.. lines], arcs.MoveToImmutable());
    }
}

/// <summary>A thing on the map.</summary>
/// <param name="Id">Of the topology.</param>
/// <param name="X">Of its middle.</param>
/// <param name="Y">Of its middle.</param>
/// <param name="Parts">The elements that can be broken there.</param>
public sealed record MapNode(string Id, int X, int Y, ImmutableArray<int> Parts);

/// <summary>A way between two things on the map.</summary>
/// <param name="Name">Of the link or attachment.</param>
/// <param name="From">The number of a node.</param>
/// <param name="To">The number of a node.</param>
/// <param name="Element">What breaks it; -1: nothing that can fail by itself.</param>
public sealed record MapLine(string Name, int From, int To, int Element);
