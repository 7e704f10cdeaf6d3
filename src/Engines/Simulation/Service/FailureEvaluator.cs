using System.Collections.Immutable;

namespace Farspan.Simulation;

/// <summary>Says of one failure set after another what it does.</summary>
/// <remarks>Keeps what it has learned about single failures; one owner. Several may share a model.</remarks>
public sealed class FailureEvaluator
{
    private readonly SimulationModel _model;
    private readonly FlowView _flows;
    private readonly NewCallRecovery _newCalls;
    private readonly EstablishedCallRecovery _established;
    private readonly ElementSet _failed;

    public FailureEvaluator(SimulationModel model)
    {
        _model = model;
        _flows = new FlowView(model);
        _newCalls = new NewCallRecovery(model, _flows);
        _established = new EstablishedCallRecovery(model, _flows, _newCalls);
        _failed = new ElementSet(model.Elements.Length);
    }

    /// <summary>How often routes were settled: what the work is.</summary>
    public long SettledCount => _flows.SettledCount;

    /// <summary>What a failure set does.</summary>
    public FailureOutcome Evaluate(FailureSet failure) => Evaluate(failure, out _);

    /// <summary>What a failure set does, and how long new calls wait in full, to be drawn from.</summary>
    public FailureOutcome Evaluate(FailureSet failure, out FailureDelays delays)
    {
        _failed.Clear();
        _failed.AddAll(failure.Elements.AsSpan());
        _flows.Look(failure.Elements.AsSpan(), _failed);
        _newCalls.Look(_failed);
        var newCalls = _newCalls.All(out var level);
        var established = _established.All(_failed);
        var network = Network();
        delays = new FailureDelays(newCalls.Time, established.Gap, network.Time);
        return new FailureOutcome
        {
            Failure = failure,
            NewCalls = RecoveryTime.Of(newCalls.Time),
            NewCallActors = newCalls.Actors,
            Level = level,
            Established = established.Fate,
            KeptPercent = established.KeptPercent,
            Gap = RecoveryTime.Of(established.Gap),
            Network = RecoveryTime.Of(network.Time),
            Capacity = CapacityLeft(),
            StartsPerSecond = StartsLeft(),
            Changes = _flows.Changes,
        };
    }

    /// <summary>The regions' own ways, as far as both ends live.</summary>
    private Remedy Network()
    {
        var all = Remedy.NotNeeded;
        for (var edge = 0; edge < _model.Edges.Length; edge++)
        {
            foreach (var home in _newCalls.HomesOf(edge))
            {
                if (_model.Edges[edge].Calls(_failed) > 0 && _model.Connectors[home].Calls(_failed) > 0)
                {
                    all = all.And(_flows.Of(edge, home));
                }
            }
        }

        return all;
    }

    private Capacity CapacityLeft() =>
        new Capacity(CallsOf(_model.Edges, _newCalls.IsServing), CapacityLayer.Edges)
            .Or(_model.Links.Sum(CallsOf), CapacityLayer.Links)
            .Or(CallsOf(_model.Connectors, IsReachable), CapacityLayer.Connectors)
            .Or(CallsOf(_model.Instances, _ => true), CapacityLayer.ConnectInstances);

    private double StartsLeft()
    {
        var starts = 0.0;
        foreach (var instance in _model.Instances)
        {
            starts += instance.Calls(_failed) > 0 ? instance.StartsPerSecond : 0;
        }

        return starts;
    }

    private int CallsOf(CallLink link) => _failed.ContainsAny(link.Elements.AsSpan()) ? 0 : link.Calls;

    private int CallsOf(ImmutableArray<Site> sites, Func<int, bool> isUsable)
    {
        var calls = 0;
        for (var i = 0; i < sites.Length; i++)
        {
            calls += isUsable(i) ? sites[i].Calls(_failed) : 0;
        }

        return calls;
    }

    private bool IsReachable(int connector)
    {
        for (var edge = 0; edge < _model.Edges.Length; edge++)
        {
            if (_model.Edges[edge].Calls(_failed) > 0 && _flows.Of(edge, connector).IsPossible)
            {
                return true;
            }
        }

        return false;
    }
}
