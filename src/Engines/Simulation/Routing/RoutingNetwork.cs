using System.Collections.Immutable;
using System.Net;

namespace Farspan.Simulation;

/// <summary>
/// Everything that decides where packets go, reduced to tables, ways between them and routes told along feeds.
/// It knows no cloud: <see cref="RoutingNetworkBuilder"/> makes it, <see cref="RouteSolver"/> settles it.
/// </summary>
public sealed class RoutingNetwork
{
    private readonly ImmutableArray<ImmutableArray<int>> _feedsInto;
    private readonly ImmutableArray<ImmutableArray<int>> _feedsFrom;
    private readonly ImmutableArray<ImmutableArray<int>> _feedsOfElement;
    private readonly ImmutableArray<ImmutableArray<int>> _announcersOfPrefix;
    private readonly ImmutableArray<ImmutableArray<int>> _seeds;
    private readonly ImmutableArray<ImmutableArray<int>> _staticsOfPrefix;
    private readonly ImmutableArray<int> _islands;

    internal RoutingNetwork(RoutingNetworkBuilder builder)
    {
        ElementCount = builder.ElementCount;
        Tables = [.. builder.Tables];
        Arcs = [.. builder.Arcs];
        Feeds = [.. builder.Feeds];
        Statics = [.. builder.Statics];
        Prefixes = [.. builder.Prefixes];
        _feedsInto = Index(Tables.Length, Feeds, feed => [feed.To]);
        _feedsFrom = Index(Tables.Length, Feeds, feed => [feed.From]);
        _feedsOfElement = Index(ElementCount, Feeds, feed => feed.Elements);
        _announcersOfPrefix = Index(Prefixes.Length, Feeds, feed => feed.Announces);
        _staticsOfPrefix = Index(Prefixes.Length, Statics, route => [route.Prefix]);
        (_islands, IslandSizes, Positions) = Islands();
        _seeds = [.. Enumerable.Range(0, Prefixes.Length).Select(Seeds)];
    }

    public int ElementCount { get; }

    public ImmutableArray<RoutingTable> Tables { get; }

    public ImmutableArray<Arc> Arcs { get; }

    public ImmutableArray<Feed> Feeds { get; }

    public ImmutableArray<StaticRoute> Statics { get; }

    /// <summary>Every prefix that any route is about.</summary>
    public ImmutableArray<IPNetwork> Prefixes { get; }

    /// <summary>
    /// Tables that tell each other routes, directly or not, are on one island; what is announced as long as
    /// a feed lives needs no telling. Islands do not influence each other and are settled one by one.
    /// </summary>
    internal ImmutableArray<int> IslandSizes { get; }

    /// <summary>Of each table among the tables of its island.</summary>
    internal ImmutableArray<int> Positions { get; }

    /// <summary>The prefixes that hold all of a destination, the longest first.</summary>
    public ImmutableArray<int> Covering(IPNetwork destination) =>
    [
        .. Enumerable.Range(0, Prefixes.Length)
            .Where(i => Covers(Prefixes[i], destination))
            .OrderByDescending(i => Prefixes[i].PrefixLength),
    ];

    internal int IslandOf(int table) => _islands[table];

    internal ReadOnlySpan<int> FeedsInto(int table) => _feedsInto[table].AsSpan();

    internal ReadOnlySpan<int> FeedsFrom(int table) => _feedsFrom[table].AsSpan();

    internal ReadOnlySpan<int> FeedsOf(int element) => _feedsOfElement[element].AsSpan();

    internal ReadOnlySpan<int> StaticsOf(int prefix) => _staticsOfPrefix[prefix].AsSpan();

    internal ReadOnlySpan<int> AnnouncersOf(int prefix) => _announcersOfPrefix[prefix].AsSpan();

    /// <summary>The tables at which a prefix begins.</summary>
    internal ReadOnlySpan<int> SeedsOf(int prefix) => _seeds[prefix].AsSpan();

    private static bool Covers(IPNetwork prefix, IPNetwork destination) =>
        prefix.PrefixLength <= destination.PrefixLength && prefix.Contains(destination.BaseAddress);

    private static ImmutableArray<ImmutableArray<int>> Index<T>(
        int count, ImmutableArray<T> items, Func<T, ImmutableArray<int>> keysOf)
    {
        var lists = new List<int>[count];
        for (var i = 0; i < items.Length; i++)
        {
            foreach (var key in keysOf(items[i]))
            {
                (lists[key] ??= []).Add(i);
            }
        }

        return [.. lists.Select(list => list is null ? [] : list.ToImmutableArray())];
    }

    private (ImmutableArray<int> Islands, ImmutableArray<int> Sizes, ImmutableArray<int> Positions) Islands()
    {
        var islands = Enumerable.Range(0, Tables.Length).ToArray();
        foreach (var feed in Feeds.Where(feed => feed.Tells != RouteTags.None))
        {
            var (left, right) = (islands[feed.From], islands[feed.To]);
            if (left != right)
            {
                Array.ForEach([.. islands.Index().Where(i => i.Item == right)], i => islands[i.Index] = left);
            }
        }

        var numbers = islands.Distinct().Index().ToDictionary(each => each.Item, each => each.Index);
        var sizes = new int[numbers.Count];
        var positions = islands.Select(island => sizes[numbers[island]]++).ToImmutableArray();
        return ([.. islands.Select(island => numbers[island])], [.. sizes], positions);
    }

    private ImmutableArray<int> Seeds(int prefix) =>
    [
        .. _staticsOfPrefix[prefix].Select(i => Statics[i].Table)
            .Concat(_announcersOfPrefix[prefix].Select(i => Feeds[i].To))
            .Distinct(),
    ];
}
