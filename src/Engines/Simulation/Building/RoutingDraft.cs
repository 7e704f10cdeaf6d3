using System.Collections.Immutable;
using Farspan.Topology;

namespace Farspan.Simulation;

/// <summary>What the parts of the routing are put together in: tables by the ids of the topology.</summary>
internal sealed class RoutingDraft(Network network, ElementCatalog catalog)
{
    private readonly Dictionary<string, int> _tables = [];
    private readonly Dictionary<(int From, int To, string Name), int> _arcs = [];
    private readonly Dictionary<string, string> _associations = network.TransitTables
        .SelectMany(table => table.Associations.Select(attachment => (attachment, table.Id)))
        .DistinctBy(pair => pair.attachment)
        .ToDictionary(pair => pair.attachment, pair => pair.Id);

    public Network Network => network;

    public ElementCatalog Catalog => catalog;

    public RoutingNetworkBuilder Builder { get; } = new(catalog.Elements.Length);

    public void AddTable(RoutingTable table) => _tables.Add(table.Name, Builder.AddTable(table));

    public int Table(string id) => _tables[id];

    public bool HasTable(string id) => _tables.ContainsKey(id);

    /// <summary>
    /// The table in which packets from an attachment are looked up; null: in none, they are dropped.
    /// </summary>
    public string? AssociatedWith(string? attachment) =>
        attachment is not null && _associations.TryGetValue(attachment, out var table) ? table : null;

    public TransitGatewayAttachment? Attachment(
        TransitGatewayAttachmentKind kind, string transitGateway, string resource) =>
        network.TransitAttachments.FirstOrDefault(a =>
            a.Kind == kind && a.TransitGateway == transitGateway && a.Resource == resource);

    /// <summary>The way from one table to another; made once.</summary>
    public int Arc(string from, string to, string name, int mtu, params ImmutableArray<int> elements)
    {
        var key = (Table(from), Table(to), name);
        if (!_arcs.TryGetValue(key, out var arc))
        {
            arc = Builder.AddArc(key.Item1, key.Item2, name, mtu, elements);
            _arcs.Add(key, arc);
        }

        return arc;
    }
}
