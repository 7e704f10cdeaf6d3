using System.Collections.Immutable;

namespace Farspan.Simulation;

/// <summary>
/// How long packets of a flow are lost until the routers have found another way: the feeds whose routes the
/// flow stood on must all be given up, each by its own detection, and then the tables must agree.
/// </summary>
public sealed class FlowRecovery
{
    private readonly RoutingNetwork _network;
    private readonly ImmutableArray<int> _feeds;
    private readonly ImmutableArray<int> _arcs;

    /// <param name="network">In which the flow is.</param>
    /// <param name="healthy">The flow while nothing has failed.</param>
    /// <param name="routesOf">The routes while nothing has failed.</param>
    public FlowRecovery(RoutingNetwork network, FlowState healthy, Func<int, int, PrefixRoutes> routesOf)
    {
        _network = network;
        var feeds = new SortedSet<int>();
        foreach (var use in healthy.Forward.Uses.Concat(healthy.Return.Uses))
        {
            Trace(use.Prefix, use.Hop, routesOf, feeds);
        }

        _feeds = [.. feeds];
        _arcs = [.. healthy.Forward.Arcs.Concat(healthy.Return.Arcs).Distinct()];
    }

    /// <summary>Whether packets are lost at first.</summary>
    public bool IsDisturbed(ElementSet failed)
    {
        foreach (var arc in _arcs)
        {
            if (failed.ContainsAny(_network.Arcs[arc].Elements.AsSpan()))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>When it works again.</summary>
    /// <param name="failed">What went down.</param>
    /// <param name="after">The flow once the routes have settled.</param>
    public Remedy Of(ElementSet failed, FlowState after)
    {
        if (!after.Works)
        {
            return Remedy.Nobody;
        }

        return IsDisturbed(failed)
            ? new Remedy(Detection(failed).Then(Convergence(after)), Actors.Bgp)
            : Remedy.NotNeeded;
    }

    /// <summary>When every feed that the flow stood on and that is gone has been given up.</summary>
    public Delay Detection(ElementSet failed)
    {
        var slowest = Delay.None;
        foreach (var feed in _feeds)
        {
            if (failed.ContainsAny(_network.Feeds[feed].Elements.AsSpan()))
            {
                slowest = Delay.Latest(slowest, _network.Feeds[feed].Detection);
            }
        }

        return slowest;
    }

    /// <summary>Local where some of the equal ways are left and no other is needed.</summary>
    private Delay Convergence(FlowState after)
    {
        foreach (var arc in after.Forward.Arcs.Concat(after.Return.Arcs))
        {
            if (!_arcs.Contains(arc))
            {
                return PathDetection.RemoteConvergence();
            }
        }

        return PathDetection.LocalConvergence();
    }

    /// <summary>The feeds along which a route came, back to where it began.</summary>
    private void Trace(int prefix, int hop, Func<int, int, PrefixRoutes> routesOf, SortedSet<int> feeds)
    {
        if (hop < 0 || !feeds.Add(hop) || _network.Feeds[hop].Announces.Contains(prefix))
        {
            return;
        }

        var teller = _network.Feeds[hop].From;
        foreach (var earlier in routesOf(prefix, _network.IslandOf(teller)).At(teller))
        {
            Trace(prefix, earlier, routesOf, feeds);
        }
    }
}
