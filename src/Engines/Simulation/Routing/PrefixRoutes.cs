namespace Farspan.Simulation;

/// <summary>
/// Where each table of one island sends packets of one prefix, once nothing changes any more.
/// </summary>
public sealed class PrefixRoutes
{
    private readonly RoutingNetwork _network;
    private readonly int[] _starts;
    private readonly int[] _hops;

    internal PrefixRoutes(RoutingNetwork network, int[] starts, int[] hops, ElementSet support, bool isSettled)
    {
        _network = network;
        _starts = starts;
        _hops = hops;
        Support = support;
        IsSettled = isSettled;
    }

    /// <summary>
    /// Everything that any table of the island relied on at any moment on the way to this result: the
    /// failure of anything else leaves the result as it is.
    /// </summary>
    public ElementSet Support { get; }

    /// <summary>False: the tables persuade each other for ever.</summary>
    public bool IsSettled { get; }

    /// <summary>
    /// The routes that a table uses at once, none if it has none: the number of a feed, or the complement
    /// (~) of the number of a static route.
    /// </summary>
    public ReadOnlySpan<int> At(int table)
    {
        var position = _network.Positions[table];
        return _hops.AsSpan(_starts[position].._starts[position + 1]);
    }
}
