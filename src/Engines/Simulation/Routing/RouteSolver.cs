using System.Runtime.InteropServices;
using Farspan.Kernel;

namespace Farspan.Simulation;

/// <summary>
/// Lets the tables tell each other the routes of one prefix until nothing changes (the decision process of
/// RFC 4271 §9.1, all speakers in step). Prefixes do not influence each other: nothing here aggregates.
/// </summary>
/// <remarks>
/// In step, because then a result has one history: what no table relied on in any round can fail without
/// changing a round, and so without changing the result (<see cref="PrefixRoutes.Support"/>). Scratch space
/// is kept between calls; one owner.
/// </remarks>
public sealed class RouteSolver
{
    /// <summary>Far more than any path has tables; who gets here goes in circles.</summary>
    private const int RoundsMax = 200;

    private readonly RoutingNetwork _network;
    private readonly AsPathPool _paths = new();
    private readonly int[] _downs;
    private readonly int[] _announcedStamps;
    private readonly int[] _dirtyStamps;
    private readonly int[] _hopStarts;
    private readonly Selected[] _now;
    private readonly Selected[] _next;
    private readonly int[] _nowHops;
    private readonly int[] _nextHops;
    private readonly List<int> _dirty = [];
    private readonly List<int> _changed = [];
    private readonly int[][] _islands;
    private int _stamp;

    public RouteSolver(RoutingNetwork network)
    {
        _network = network;
        _downs = new int[network.Feeds.Length];
        _announcedStamps = new int[network.Feeds.Length];
        _dirtyStamps = new int[network.Tables.Length];
        _now = new Selected[network.Tables.Length];
        _next = new Selected[network.Tables.Length];
        _hopStarts = new int[network.Tables.Length + 1];
        for (var table = 0; table < network.Tables.Length; table++)
        {
            var statics = network.Statics.Count(route => route.Table == table);
            var most = Math.Min(network.Tables[table].PathsMax, network.FeedsInto(table).Length + statics);
            _hopStarts[table + 1] = _hopStarts[table] + most;
        }

        _islands =
        [
            .. Enumerable.Range(0, network.IslandSizes.Length).Select(island =>
                Enumerable.Range(0, network.Tables.Length).Where(t => network.IslandOf(t) == island).ToArray()),
        ];
        _nowHops = new int[_hopStarts[^1]];
        _nextHops = new int[_hopStarts[^1]];
    }

    /// <summary>The routes of a prefix on an island while these elements are down.</summary>
    public PrefixRoutes Solve(int prefix, int island, ReadOnlySpan<int> failed)
    {
        Count(failed, 1);
        foreach (var table in _islands[island])
        {
            _now[table] = default;
        }

        _paths.Clear();
        MarkAnnouncers(prefix);
        var support = new ElementSet(_network.ElementCount);
        var isSettled = RunRounds(prefix, island, support);
        Count(failed, -1);
        return Freeze(_islands[island], support, isSettled);
    }

    private void Count(ReadOnlySpan<int> failed, int change)
    {
        foreach (var element in failed)
        {
            foreach (var feed in _network.FeedsOf(element))
            {
                _downs[feed] += change;
            }
        }
    }

    private void MarkAnnouncers(int prefix)
    {
        _stamp++;
        foreach (var feed in _network.AnnouncersOf(prefix))
        {
            _announcedStamps[feed] = _stamp;
        }
    }

    private bool RunRounds(int prefix, int island, ElementSet support)
    {
        var announced = _stamp;
        _dirty.Clear();
        foreach (var table in _network.SeedsOf(prefix))
        {
            if (_network.IslandOf(table) == island)
            {
                _dirty.Add(table);
            }
        }

        for (var round = 0; round < RoundsMax && _dirty.Count > 0; round++)
        {
            foreach (var table in _dirty)
            {
                Select(table, prefix, announced);
            }

            Commit(support);
            FindHearers();
        }

        return _dirty.Count == 0;
    }

    private void Select(int table, int prefix, int announced)
    {
        ref var best = ref _next[table];
        best = default;
        foreach (var index in _network.StaticsOf(prefix))
        {
            var route = _network.Statics[index];
            if (route.Table == table)
            {
                Offer(table, ~index, new Selected { Key = RouteKey.Of(route.Rank), Tag = RouteTags.Own });
            }
        }

        foreach (var index in _network.FeedsInto(table))
        {
            if (_downs[index] == 0 && TryHear(index, _announcedStamps[index] == announced, out var heard))
            {
                Offer(table, index, heard);
            }
        }
    }

    private bool TryHear(int index, bool isAnnounced, out Selected heard)
    {
        heard = default;
        var feed = _network.Feeds[index];
        ref readonly var told = ref _now[feed.From];
        if (!isAnnounced && (told.Count == 0 || (feed.Tells & told.Tag) == 0))
        {
            return false;
        }

        var path = isAnnounced ? AsPathPool.Empty : told.Path;
        var receiver = _network.Tables[feed.To].Asn;
        path = _paths.Prepend(path, _network.Tables[feed.From].Asn, feed.Prepends);
        if (feed.Prepends > 0 && receiver != 0 && _paths.Contains(path, receiver))
        {
            return false; // RFC 4271 §9.1.2: a route that has been here.
        }

        heard.Path = path;
        heard.Origin = isAnnounced ? feed.Origin : told.Origin;
        heard.Metric = (feed.Med ?? (isAnnounced ? 0 : told.Metric)) + feed.Cost;
        heard.Tag = feed.Tag;
        heard.Key = RouteKey.Of(
            feed.Rank, _paths.Length(path), heard.Origin, heard.Metric, _network.Tables[feed.To].Compares);
        return true;
    }

    private void Offer(int table, int hop, Selected route)
    {
        ref var best = ref _next[table];
        if (best.Count > 0 && route.Key > best.Key)
        {
            return;
        }

        if (best.Count == 0 || route.Key < best.Key)
        {
            best = route; // The first of equals is the one that is told further.
            best.Count = 0;
        }

        var room = _hopStarts[table + 1] - _hopStarts[table];
        if (best.Count < room)
        {
            _nextHops[_hopStarts[table] + best.Count++] = hop;
        }
    }

    private void Commit(ElementSet support)
    {
        _changed.Clear();
        foreach (var table in _dirty)
        {
            var start = _hopStarts[table];
            var hops = _nextHops.AsSpan(start, _next[table].Count);
            if (IsSame(in _now[table], in _next[table])
                && hops.SequenceEqual(_nowHops.AsSpan(start, hops.Length)))
            {
                continue;
            }

            _changed.Add(table);
            _now[table] = _next[table];
            hops.CopyTo(_nowHops.AsSpan(start));
            Support(hops, support);
        }
    }

    private bool IsSame(in Selected left, in Selected right) =>
        left.Count == right.Count && left.Key == right.Key && left.Tag == right.Tag
        && left.Metric == right.Metric && left.Origin == right.Origin
        && _paths.AreEqual(left.Path, right.Path);

    private void Support(ReadOnlySpan<int> hops, ElementSet support)
    {
        foreach (var hop in hops)
        {
            if (hop >= 0)
            {
                support.AddAll(_network.Feeds[hop].Elements.AsSpan());
            }
        }
    }

    private void FindHearers()
    {
        _dirty.Clear();
        _stamp++;
        foreach (var table in _changed)
        {
            foreach (var feed in _network.FeedsFrom(table))
            {
                var hearer = _network.Feeds[feed].To;
                if (_network.Feeds[feed].Tells != RouteTags.None && _dirtyStamps[hearer] != _stamp)
                {
                    _dirtyStamps[hearer] = _stamp;
                    _dirty.Add(hearer);
                }
            }
        }
    }

    private PrefixRoutes Freeze(int[] tables, ElementSet support, bool isSettled)
    {
        var starts = new int[tables.Length + 1];
        for (var i = 0; i < tables.Length; i++)
        {
            starts[i + 1] = starts[i] + _now[tables[i]].Count;
        }

        var hops = new int[starts[^1]];
        for (var i = 0; i < tables.Length; i++)
        {
            _nowHops.AsSpan(_hopStarts[tables[i]], _now[tables[i]].Count).CopyTo(hops.AsSpan(starts[i]));
        }

        return new PrefixRoutes(_network, starts, hops, support, isSettled);
    }

    /// <summary>What a table has chosen: the representative of its equal routes.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Selected
    {
        public ulong Key;
        public int Path;
        public int Metric;
        public RouteOrigin Origin;
        public RouteTags Tag;
        public int Count;
    }
}
