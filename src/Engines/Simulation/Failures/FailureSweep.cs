using System.Collections.Immutable;

namespace Farspan.Simulation;

/// <summary>
/// Goes through nothing, all single failures, all shared risks and all pairs. Pairs come in rows, one for each
/// first element, so that several sweeps of the same model can share the rows.
/// </summary>
/// <remarks>N elements make N + N(N-1)/2 sets. A set costs work only where it touches what a flow rests on; see
/// <see cref="FlowSolver"/>. One owner.</remarks>
public sealed class FailureSweep(SimulationModel model)
{
    private readonly FailureEvaluator _evaluator = new(model);

    /// <summary>How often routes were settled: what the work is.</summary>
    public long SettledCount => _evaluator.SettledCount;

    public FailureOutcome Healthy() => _evaluator.Evaluate(new FailureSet([], []));

    /// <summary>Each element, in order.</summary>
    public IEnumerable<FailureOutcome> Singles() =>
        Enumerable.Range(0, model.Elements.Length).Select(i => _evaluator.Evaluate(model.Single(i)));

    /// <summary>Each shared risk, in order.</summary>
    public IEnumerable<FailureOutcome> Groups() =>
        model.RiskGroups.Select(group => _evaluator.Evaluate(new FailureSet([group.Id], group.Members)));

    /// <summary>The element of this number with each that comes after it.</summary>
    public IEnumerable<FailureOutcome> PairsOf(int first)
    {
        for (var second = first + 1; second < model.Elements.Length; second++)
        {
            yield return _evaluator.Evaluate(model.Pair(first, second));
        }
    }
}
