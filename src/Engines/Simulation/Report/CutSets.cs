using System.Collections.Immutable;

namespace Farspan.Simulation;

/// <summary>
/// The smallest sets of elements without which no new call is served, up to two at a time: none of them holds
/// another. The shared risks that do so are listed besides.
/// </summary>
/// <param name="Sets">Of elements.</param>
/// <param name="Risks">Single events.</param>
public sealed record CutSets(ImmutableArray<FailureSet> Sets, ImmutableArray<FailureSet> Risks)
{
    public static CutSets Of(SimulationResult result)
    {
        var alone = result.Singles.Where(IsOutage).Select(outcome => outcome.Failure).ToImmutableArray();
        var single = alone.Select(failure => failure.Elements[0]).ToHashSet();
        var pairs = result.Pairs.Where(IsOutage).Select(outcome => outcome.Failure)
            .Where(failure => !failure.Elements.Any(single.Contains));
        return new CutSets(
            [.. alone, .. pairs],
            [.. result.Groups.Where(IsOutage).Select(outcome => outcome.Failure)]);
    }

    private static bool IsOutage(FailureOutcome outcome) => outcome.Level == ServiceLevel.None;
}
