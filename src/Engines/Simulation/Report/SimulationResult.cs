using System.Collections.Immutable;

namespace Farspan.Simulation;

/// <summary>All that a sweep has found.</summary>
/// <param name="Healthy">Nothing failed: how calls go, and whether they go at all.</param>
/// <param name="Singles">By the number of the element.</param>
/// <param name="Groups">By the number of the shared risk.</param>
/// <param name="Pairs">Ordered by the first, then the second element; without the changes of flows. Empty: not
/// looked at.</param>
public sealed record SimulationResult(
    FailureOutcome Healthy,
    ImmutableArray<FailureOutcome> Singles,
    ImmutableArray<FailureOutcome> Groups,
    ImmutableArray<FailureOutcome> Pairs)
{
    /// <summary>Everything, the smaller sets first.</summary>
    public IEnumerable<FailureOutcome> All => Singles.Concat(Groups).Concat(Pairs);

    /// <summary>What is kept of a pair: its flows are computed again when somebody asks.</summary>
    public static FailureOutcome Summarize(FailureOutcome pair) => pair with { Changes = [] };

    /// <summary>Where a pair stands among the pairs of so many elements.</summary>
    public static int PairNumber(int first, int second, int elements) =>
        (first * elements) - (first * (first + 1) / 2) + second - first - 1;
}
