using System.Collections.Immutable;

namespace Farspan.Simulation;

/// <summary>
/// All flows under one failure set after another: what changes, and when the routers have mended it.
/// </summary>
/// <remarks>One owner.</remarks>
public sealed class FlowView
{
    private readonly SimulationModel _model;
    private readonly FlowSolver _solver;
    private readonly FlowSolver? _swapped;
    private readonly FlowRecovery[] _recoveries;
    private readonly Remedy[] _remedies;
    private readonly FlowState[] _states;
    private readonly List<FlowChange> _changes = [];

    public FlowView(SimulationModel model)
    {
        _model = model;
        _solver = new FlowSolver(model);
        _swapped = model.Swap is { } swap
            ? new FlowSolver(model with { Network = swap.Network, Flows = swap.Flows })
            : null;
        _states = [.. Enumerable.Range(0, model.Flows.Length).Select(_solver.Healthy)];
        _remedies = new Remedy[_states.Length];
        _recoveries =
        [
            .. _states.Select(state => new FlowRecovery(model.Network, state, _solver.HealthyRoutes)),
        ];
    }

    /// <summary>How often routes were settled: what the work is.</summary>
    public long SettledCount => _solver.SettledCount;

    /// <summary>Of the failure set looked at last.</summary>
    public ImmutableArray<FlowChange> Changes => [.. _changes];

    /// <summary>Looks at a failure set.</summary>
    public void Look(ReadOnlySpan<int> elements, ElementSet failed)
    {
        _changes.Clear();
        _solver.Fail(elements);
        _swapped?.Fail(elements);
        for (var flow = 0; flow < _states.Length; flow++)
        {
            var healthy = _solver.Healthy(flow);
            if (healthy.Support.ContainsAny(elements))
            {
                Mend(flow, healthy, failed);
            }
            else
            {
                _states[flow] = healthy;
                _remedies[flow] = healthy.Works ? Remedy.NotNeeded : Remedy.Nobody;
            }
        }
    }

    /// <summary>Whether a flow works while nothing has failed.</summary>
    public bool WorksHealthy(int edge, int connector) =>
        _solver.Healthy(_model.FlowNumber(edge, connector)).Works;

    /// <summary>Until the flow's packets arrive again, by routers alone.</summary>
    public Remedy Of(int edge, int connector) => _remedies[_model.FlowNumber(edge, connector)];

    private void Mend(int flow, FlowState healthy, ElementSet failed)
    {
        var state = _solver.Of(flow);
        var remedy = _recoveries[flow].Of(failed, state);
        if (!remedy.IsPossible && healthy.Works)
        {
            (state, remedy) = Exchange(flow, failed, state);
        }

        (_states[flow], _remedies[flow]) = (state, remedy);
        if (remedy.IsNeeded || !HasSameWay(healthy, state))
        {
            _changes.Add(new FlowChange(flow, state, RecoveryTime.Of(remedy.Time)));
        }
    }

    /// <summary>What a controller makes of a flow that routers cannot mend.</summary>
    private (FlowState State, Remedy Remedy) Exchange(int flow, ElementSet failed, FlowState state)
    {
        if (_model.Swap is not { } swap || !swap.IsPossible(failed)
            || _swapped!.Of(flow) is not { Works: true } after)
        {
            return (state, Remedy.Nobody);
        }

        var noticed = Delay.Latest(_recoveries[flow].Detection(failed), swap.Detection);
        var time = noticed.Then(swap.Exchange).Then(PathDetection.RemoteConvergence());
        return (after, new Remedy(time, Actors.Bgp | Actors.Controller));
    }

    private static bool HasSameWay(FlowState left, FlowState right) =>
        left.Forward.Arcs.AsSpan().SequenceEqual(right.Forward.Arcs.AsSpan())
        && left.Return.Arcs.AsSpan().SequenceEqual(right.Return.Arcs.AsSpan());
}
