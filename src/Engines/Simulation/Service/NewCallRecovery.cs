using System.Collections.Immutable;

namespace Farspan.Simulation;

/// <summary>
/// When new calls are served again: what must happen on one way in series and together, what could help besides
/// in parallel. A call passes carrier, edge, network, connector and Connect instance, and each of them has its
/// own remedy.
/// </summary>
/// <remarks>One owner; look at a failure set before asking.</remarks>
public sealed class NewCallRecovery
{
    private readonly SimulationModel _model;
    private readonly FlowView _flows;
    private readonly ImmutableArray<ImmutableArray<int>> _homes;
    private readonly Remedy[] _edges;
    private readonly Remedy[] _instances;
    private ElementSet _failed;

    public NewCallRecovery(SimulationModel model, FlowView flows)
    {
        (_model, _flows) = (model, flows);
        _failed = new ElementSet(model.Elements.Length);
        _homes = [.. Enumerable.Range(0, model.Edges.Length).Select(FindHomes)];
        _edges = new Remedy[model.Edges.Length];
        _instances = new Remedy[model.Connectors.Length];
    }

    /// <summary>The connector sites that serve an edge's calls while all is well.</summary>
    public ImmutableArray<int> HomesOf(int edge) => _homes[edge];

    /// <summary>Takes a failure set, which the flows have been shown already.</summary>
    public void Look(ElementSet failed)
    {
        _failed = failed;
        for (var connector = 0; connector < _instances.Length; connector++)
        {
            _instances[connector] = StartContact(connector);
        }

        for (var edge = 0; edge < _edges.Length; edge++)
        {
            _edges[edge] = Enter(edge);
        }
    }

    /// <summary>All calls of all carriers that live.</summary>
    public Remedy All(out ServiceLevel level)
    {
        var all = Remedy.NotNeeded;
        var (isAnyServed, isAnyLost) = (false, false);
        for (var i = 0; i < _model.Carriers.Length; i++)
        {
            var carrier = _model.Carriers[i];
            if (_failed.ContainsAny(carrier.Elements.AsSpan()))
            {
                all = all.And(new Remedy(Delay.None, Actors.Carrier)); // The callers' networks choose another.
                continue;
            }

            foreach (var edge in carrier.Targets.Take(carrier.ActiveTargets))
            {
                var served = Serve(carrier, edge);
                isAnyServed |= served.IsPossible;
                isAnyLost |= !served.IsPossible;
                all = all.And(served);
            }
        }

        level = !isAnyServed ? ServiceLevel.None : isAnyLost ? ServiceLevel.Some : ServiceLevel.All;
        return isAnyServed ? all : Remedy.Nobody;
    }

    /// <summary>Whether the edge can hand over calls at once or after a while.</summary>
    public bool IsServing(int edge) => _edges[edge].IsPossible;

    /// <summary>Where calls of an edge may go on, other than to one site: the soonest.</summary>
    public Remedy Elsewhere(int edge, int connector, Delay notice, Actors actors)
    {
        var best = Remedy.Nobody;
        for (var other = 0; other < _model.Connectors.Length; other++)
        {
            if (other != connector)
            {
                best = best.Or(Reach(edge, other).And(_instances[other]));
            }
        }

        return best.IsPossible ? new Remedy(notice, actors).And(best) : Remedy.Nobody;
    }

    /// <summary>The way to a connector site, and the site's machines.</summary>
    public Remedy Reach(int edge, int connector)
    {
        var site = _model.Connectors[connector];
        if (site.Calls(_failed) == 0)
        {
            return Remedy.Nobody;
        }

        var way = _flows.Of(edge, connector);
        return site.IsWhole(_failed) ? way : way.And(new Remedy(_model.ConnectorSilence, Actors.Edge));
    }

    private ImmutableArray<int> FindHomes(int edge)
    {
        var working = Enumerable.Range(0, _model.Connectors.Length).Where(k => _flows.WorksHealthy(edge, k));
        var region = _model.Edges[edge].Region;
        var near = working.Where(k => _model.Connectors[k].Region == region).ToImmutableArray();
        return near.IsEmpty ? [.. working] : near;
    }

    private Remedy StartContact(int connector)
    {
        var preferred = _model.Connectors[connector].Successors;
        for (var rank = 0; rank < preferred.Length; rank++)
        {
            if (_model.Instances[preferred[rank]].Calls(_failed) > 0)
            {
                return rank == 0
                    ? Remedy.NotNeeded
                    : new Remedy(Delay.Exactly(_model.Timings.StartTimeout * rank), Actors.Connector);
            }
        }

        return Remedy.Nobody;
    }

    /// <summary>Calls that have reached an edge site.</summary>
    private Remedy Enter(int edge)
    {
        var site = _model.Edges[edge];
        if (site.Calls(_failed) == 0 || _homes[edge].IsEmpty)
        {
            return Remedy.Nobody;
        }

        var all = site.IsWhole(_failed)
            ? Remedy.NotNeeded
            : new Remedy(site.UnitEjection ?? Delay.Never, Actors.LoadBalancer);
        foreach (var home in _homes[edge])
        {
            all = all.And(HandOver(edge, home));
        }

        return all;
    }

    private Remedy HandOver(int edge, int home)
    {
        var reach = Reach(edge, home);
        var start = _instances[home];
        if (reach.IsNeeded)
        {
            var elsewhere = Elsewhere(edge, home, _model.ConnectorSilence, Actors.Edge);
            return reach.And(start).Or(elsewhere);
        }

        return start.IsPossible
            ? start
            : Elsewhere(edge, home, Delay.Exactly(_model.Timings.StartTimeout), Actors.Edge);
    }

    /// <summary>Calls that a carrier sends to an edge site.</summary>
    private Remedy Serve(CarrierTrunk carrier, int edge)
    {
        if (_failed.ContainsAny(carrier.Names.AsSpan()))
        {
            return Remedy.Nobody; // Once the records it still knows have run out.
        }

        var here = _edges[edge];
        if (!here.IsNeeded)
        {
            return here;
        }

        // A site that lives and knows that it cannot serve says so, and the carrier tries the next at once.
        var refusal = here.IsPossible || _model.Edges[edge].Calls(_failed) == 0
            ? Delay.Never
            : _model.ConnectorSilence;
        var notice = Delay.Earliest(refusal, carrier.Failover);
        var there = Remedy.Nobody;
        foreach (var other in carrier.Targets)
        {
            there = other == edge ? there : there.Or(_edges[other]);
        }

        return there.IsPossible && !notice.IsNever
            ? here.Or(new Remedy(notice, Actors.Carrier).And(there))
            : here;
    }
}
