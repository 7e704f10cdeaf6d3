namespace Farspan.Simulation;

/// <summary>
/// What becomes of calls that are up: each has two anchors, an edge and a connector, and lives as long as
/// one is left to have the other half rebuilt, and as long as the pause is shorter than the patience of
/// both ends.
/// </summary>
/// <remarks>One owner; look at a failure set before asking.</remarks>
public sealed class EstablishedCallRecovery(SimulationModel model, FlowView flows, NewCallRecovery newCalls)
{
    private ElementSet _failed = new(model.Elements.Length);

    /// <summary>The worst that happens to any call, how many live on, and how long those pause.</summary>
    public EstablishedCalls All(ElementSet failed)
    {
        _failed = failed;
        var gap = Delay.None;
        var fate = CallFate.Untouched;
        var (calls, kept) = (0.0, 0.0);
        foreach (var (carrier, edge, home, share) in Calls())
        {
            var half = KeepCallerLeg(carrier, edge);
            var other = KeepContactLeg(edge, home);
            var whole = half.IsNeeded && other.IsNeeded && half.IsPossible && other.IsPossible
                ? half.Then(other)
                : half.And(other);
            calls += share;
            if (!whole.IsPossible || whole.Time.Worst > model.MediaTimeout)
            {
                fate = CallFate.Lost;
                kept += share * (1 - LostShare(carrier, edge, home, half, other));
            }
            else
            {
                kept += share;
                fate = fate == CallFate.Untouched && whole.IsNeeded ? CallFate.Kept : fate;
                gap = Delay.Latest(gap, whole.Time);
            }
        }

        return new EstablishedCalls(fate, gap, calls == 0 ? 100 : 100 * kept / calls);
    }

    /// <summary>Every way that calls take while all is well, and how many calls there are on it.</summary>
    private IEnumerable<(CarrierTrunk Carrier, int Edge, int Home, double Share)> Calls()
    {
        foreach (var carrier in model.Carriers)
        {
            foreach (var edge in carrier.Targets.Take(carrier.ActiveTargets))
            {
                var homes = newCalls.HomesOf(edge);
                var share = (double)carrier.PeakCalls / carrier.ActiveTargets / homes.Length;
                foreach (var home in homes)
                {
                    yield return (carrier, edge, home, share);
                }
            }
        }
    }

    private double LostShare(CarrierTrunk carrier, int edge, int home, Remedy half, Remedy other)
    {
        if (IsDead(carrier) || (other.IsNeeded && !flows.Of(edge, home).IsPossible) || KeepContact(home).IsNeeded)
        {
            return 1;
        }

        var atEdge = half.IsNeeded ? DeadShare(model.Edges[edge]) : 0;
        var atConnector = other.IsNeeded ? DeadShare(model.Connectors[home]) : 0;
        return !half.IsPossible ? Math.Max(atEdge, other.IsPossible ? 0 : atConnector)
            : !other.IsPossible ? atConnector
            : 1; // Both halves can be mended, but not before the ends lose patience.
    }

    private double DeadShare(Site site)
    {
        var dead = site.Units.Count(unit => _failed.ContainsAny(unit.Elements.AsSpan()));
        return _failed.ContainsAny(site.Shared.AsSpan()) ? 1 : (double)dead / site.Units.Length;
    }

    private bool IsDead(CarrierTrunk carrier) => _failed.ContainsAny(carrier.Elements.AsSpan());

    private Remedy KeepCallerLeg(CarrierTrunk carrier, int edge)
    {
        if (IsDead(carrier))
        {
            return Remedy.Nobody;
        }

        if (model.Edges[edge].IsWhole(_failed))
        {
            return Remedy.NotNeeded;
        }

        return carrier.AllowsAdoption && Enumerable.Range(0, model.Edges.Length).Any(newCalls.IsServing)
            ? After(model.Timings.AdoptCallerLeg, Actors.Connector)
            : Remedy.Nobody;
    }

    private Remedy KeepContactLeg(int edge, int home)
    {
        var contact = KeepContact(home);
        var path = flows.Of(edge, home);
        var site = model.Connectors[home];
        var isDead = site.Calls(_failed) == 0;
        var here = isDead ? Remedy.Nobody
            : site.IsWhole(_failed) ? Remedy.NotNeeded
            : After(model.Timings.ResumeContactLeg, Actors.Edge);
        return isDead || path.IsNeeded
            ? path.And(here).Or(ResumeElsewhere(edge, home)).And(contact)
            : here.And(contact);
    }

    private Remedy ResumeElsewhere(int edge, int home)
    {
        var across = After(model.Timings.ResumeContactLegAcrossRegions, Actors.Edge);
        return newCalls.Elsewhere(edge, home, across.Time, across.Actors);
    }

    private Remedy KeepContact(int home)
    {
        var successors = model.Connectors[home].Successors;
        if (successors.IsEmpty || model.Instances[successors[0]].Calls(_failed) > 0)
        {
            return Remedy.NotNeeded;
        }

        return successors.Any(instance => model.Instances[instance].Calls(_failed) > 0)
            ? After(model.Timings.NewContact, Actors.Connector)
            : Remedy.Nobody;
    }

    private Remedy After(Delay rebuilding, Actors actors) =>
        new(model.Timings.NodeSilence.Then(rebuilding), actors);
}
