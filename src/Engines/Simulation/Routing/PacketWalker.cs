using System.Collections.Immutable;

namespace Farspan.Simulation;

/// <summary>Follows packets from table to table by the longest prefix, over all equal ways at once.</summary>
/// <remarks>Scratch space is kept between calls; one owner.</remarks>
public sealed class PacketWalker(RoutingNetwork network)
{
    private const byte Open = 1;
    private const byte Done = 2;

    private readonly byte[] _visits = new byte[network.Tables.Length];
    private readonly List<int> _arcs = [];
    private readonly List<int> _path = [];
    private readonly List<RouteUse> _uses = [];
    private ElementSet _support = new(network.ElementCount);
    private Func<int, int, PrefixRoutes> _routesOf = (_, _) => throw new InvalidOperationException();
    private ElementSet _failed = new(network.ElementCount);
    private ImmutableArray<int> _covering;
    private WalkVerdict _worst;
    private bool _isDelivered;
    private bool _isFirstPath;
    private int? _lostAt;

    /// <summary>Sends packets.</summary>
    /// <param name="from">The table in which they are looked up first.</param>
    /// <param name="covering">Of the destination: <see cref="RoutingNetwork.Covering"/>.</param>
    /// <param name="failed">What is down.</param>
    /// <param name="routesOf">The settled routes of a prefix on an island while it is.</param>
    public PacketWalk Walk(
        int from, ImmutableArray<int> covering, ElementSet failed, Func<int, int, PrefixRoutes> routesOf)
    {
        Array.Clear(_visits);
        _arcs.Clear();
        _path.Clear();
        _uses.Clear();
        _support = new ElementSet(network.ElementCount);
        (_covering, _failed, _routesOf) = (covering, failed, routesOf);
        (_worst, _isDelivered, _isFirstPath, _lostAt) = (WalkVerdict.Delivered, false, true, null);
        Visit(from);
        return Result();
    }

    private PacketWalk Result() => new()
    {
        Verdict = _isDelivered && _worst is not (WalkVerdict.Delivered or WalkVerdict.Unsettled)
            ? WalkVerdict.Partial
            : _worst,
        Arcs = [.. _arcs],
        Path = [.. _path],
        Uses = [.. _uses],
        Mtu = _arcs.Count == 0 ? int.MaxValue : _arcs.Min(arc => network.Arcs[arc].Mtu),
        LostAt = _lostAt,
        Support = _support,
    };

    private void Visit(int table)
    {
        if (_visits[table] == Done)
        {
            _isFirstPath = false;
            return;
        }

        if (_visits[table] == Open)
        {
            Lose(table, WalkVerdict.Loop);
            return;
        }

        _visits[table] = Open;
        if (TryLookUp(table, out var prefix, out var hops))
        {
            foreach (var hop in hops)
            {
                _uses.Add(new RouteUse(table, prefix, hop));
                Follow(table, hop);
                _isFirstPath = false;
            }
        }
        else
        {
            Lose(table, WalkVerdict.NoRoute);
        }

        _visits[table] = Done;
    }

    private bool TryLookUp(int table, out int prefix, out ReadOnlySpan<int> hops)
    {
        foreach (var candidate in _covering)
        {
            var routes = _routesOf(candidate, network.IslandOf(table));
            _support.AddAll(routes.Support);
            hops = routes.At(table);
            if (!routes.IsSettled)
            {
                Lose(table, WalkVerdict.Unsettled);
            }

            if (hops.Length > 0)
            {
                prefix = candidate;
                return true;
            }
        }

        prefix = -1;
        hops = default;
        return false;
    }

    private void Follow(int table, int hop)
    {
        var arc = hop >= 0 ? network.Feeds[hop].Arc : network.Statics[~hop].Arc;
        if (arc == StaticRoute.Deliver)
        {
            _isDelivered = true;
        }
        else if (arc == StaticRoute.Discard || _failed.ContainsAny(network.Arcs[arc].Elements.AsSpan()))
        {
            Lose(table, WalkVerdict.BlackHole);
        }
        else
        {
            _arcs.Add(arc);
            _support.AddAll(network.Arcs[arc].Elements.AsSpan());
            if (_isFirstPath)
            {
                _path.Add(arc);
            }

            Visit(network.Arcs[arc].To);
        }
    }

    private void Lose(int table, WalkVerdict why)
    {
        _lostAt ??= table;
        _worst = why > _worst ? why : _worst;
    }
}
