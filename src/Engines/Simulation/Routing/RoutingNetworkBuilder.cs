using System.Collections.Immutable;
using System.Net;
using Farspan.Kernel;

namespace Farspan.Simulation;

/// <summary>Collects the parts of a <see cref="RoutingNetwork"/>; each part is called by its number.</summary>
/// <param name="elementCount">How many things can fail.</param>
public sealed class RoutingNetworkBuilder(int elementCount)
{
    private readonly Dictionary<IPNetwork, int> _prefixNumbers = [];

    internal int ElementCount => elementCount;

    internal List<RoutingTable> Tables { get; } = [];

    internal List<Arc> Arcs { get; } = [];

    internal List<Feed> Feeds { get; } = [];

    internal List<StaticRoute> Statics { get; } = [];

    internal List<IPNetwork> Prefixes { get; } = [];

    public int AddTable(RoutingTable table)
    {
        Tables.Add(table);
        return Tables.Count - 1;
    }

    /// <summary>A way for packets; what its ends rest on is added to what it rests on.</summary>
    public int AddArc(int from, int to, string name, int mtu, params ImmutableArray<int> elements)
    {
        var all = elements.Concat(Tables[from].Elements).Concat(Tables[to].Elements).Distinct().Order();
        Arcs.Add(new Arc(from, to, name, mtu, [.. all]));
        return Arcs.Count - 1;
    }

    /// <summary>A feed; what its ends rest on is added to what it rests on.</summary>
    public int AddFeed(Feed feed)
    {
        Invariant.Require(Arcs[feed.Arc].From == feed.To);
        var all = feed.Elements.Concat(Tables[feed.From].Elements).Concat(Tables[feed.To].Elements);
        Feeds.Add(feed with { Elements = [.. all.Distinct().Order()] });
        return Feeds.Count - 1;
    }

    public void AddStatic(int table, IPNetwork prefix, int arc, RouteRank rank = RouteRank.Static) =>
        Statics.Add(new StaticRoute(table, Prefix(prefix), arc, rank));

    public void Deliver(int table, IPNetwork prefix) =>
        AddStatic(table, prefix, StaticRoute.Deliver, RouteRank.Local);

    public int Prefix(IPNetwork prefix)
    {
        if (!_prefixNumbers.TryGetValue(prefix, out var number))
        {
            number = Prefixes.Count;
            Prefixes.Add(prefix);
            _prefixNumbers.Add(prefix, number);
        }

        return number;
    }

    public ImmutableArray<int> PrefixNumbers(IEnumerable<IPNetwork> prefixes) =>
        [.. prefixes.Select(Prefix).Distinct()];

    public RoutingNetwork Build() => new(this);
}
