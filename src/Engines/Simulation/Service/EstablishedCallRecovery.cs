namespace Farspan.Simulation;

/// <summary>
/// What becomes of calls that are up: each has two anchors, an edge and a connector, and lives as long as one is
/// left to have the other half rebuilt, and as long as the pause is shorter than the patience of both ends.
/// </summary>
/// <remarks>One owner; look at a failure set before asking.</remarks>
public sealed class EstablishedCallRecovery(SimulationModel model, FlowView flows, NewCallRecovery newCalls)
{
    private static readonly Remedy Lost = Remedy.Nobody;

    private ElementSet _failed = new(model.Elements.Length);

    /// <summary>The worst that happens to any call.</summary>
    public CallFate All(ElementSet failed, out Delay gap)
    {
        _failed = failed;
        gap = Delay.None;
        var fate = CallFate.Untouched;
        foreach (var carrier in model.Carriers)
        {
            foreach (var edge in carrier.Targets.Take(carrier.ActiveTargets))
            {
                foreach (var home in newCalls.HomesOf(edge))
                {
                    var remedy = Keep(carrier, edge, home);
                    if (!remedy.IsPossible || remedy.Time.Worst > model.MediaTimeout)
                    {
                        fate = CallFate.Lost;
                    }
                    else if (remedy.IsNeeded)
                    {
                        fate = fate == CallFate.Lost ? fate : CallFate.Kept;
                        gap = Delay.Latest(gap, remedy.Time);
                    }
                }
            }
        }

        return fate;
    }

    private Remedy Keep(CarrierTrunk carrier, int edge, int home)
    {
        if (_failed.ContainsAny(carrier.Elements.AsSpan()))
        {
            return Lost;
        }

        var adopt = KeepCallerLeg(carrier, edge);
        var resume = KeepContactLeg(edge, home);
        return adopt.IsNeeded && resume.IsNeeded && adopt.IsPossible && resume.IsPossible
            ? adopt.Then(resume)
            : adopt.And(resume);
    }

    private Remedy KeepCallerLeg(CarrierTrunk carrier, int edge)
    {
        if (model.Edges[edge].IsWhole(_failed))
        {
            return Remedy.NotNeeded;
        }

        var isAdopted = false;
        for (var other = 0; other < model.Edges.Length; other++)
        {
            isAdopted |= newCalls.IsServing(other) && model.Edges[other].Calls(_failed) > 0;
        }

        return isAdopted && carrier.AllowsAdoption
            ? After(model.Timings.AdoptCallerLeg, Actors.Connector)
            : Lost;
    }

    private Remedy KeepContactLeg(int edge, int home)
    {
        var contact = KeepContact(home);
        var path = flows.Of(edge, home);
        var across = After(model.Timings.ResumeContactLegAcrossRegions, Actors.Edge);
        var elsewhere = newCalls.Elsewhere(edge, home, across.Time, across.Actors);
        var site = model.Connectors[home];
        if (site.Calls(_failed) == 0)
        {
            return elsewhere.And(contact);
        }

        var here = site.IsWhole(_failed) ? Remedy.NotNeeded : After(model.Timings.ResumeContactLeg, Actors.Edge);
        return path.IsNeeded ? path.And(here).Or(elsewhere).And(contact) : here.And(contact);
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
            : Lost;
    }

    private Remedy After(Delay rebuilding, Actors actors) =>
        new(model.Timings.NodeSilence.Then(rebuilding), actors);
}
