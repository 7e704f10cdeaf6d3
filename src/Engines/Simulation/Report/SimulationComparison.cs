using System.Collections.Immutable;

namespace Farspan.Simulation;

/// <summary>
/// What a change of the topology changes about failures: reachability, recovery, calls, capacity.
/// </summary>
/// <param name="Added">Elements that only the new one has.</param>
/// <param name="Removed">Elements that only the old one has.</param>
/// <param name="Differences">Failure sets of both, where the outcome differs; the worse first.</param>
public sealed record SimulationComparison(
    ImmutableArray<string> Added, ImmutableArray<string> Removed, ImmutableArray<OutcomeDifference> Differences)
{
    /// <summary>How many get worse.</summary>
    public int WorseCount => Differences.Count(difference => difference.IsWorse);

    public static SimulationComparison Of(SimulationResult before, SimulationResult after)
    {
        var old = before.All.Prepend(before.Healthy).ToDictionary(outcome => outcome.Failure.ToString());
        var differences = after.All.Prepend(after.Healthy)
            .Select(outcome => (New: outcome, Old: old.GetValueOrDefault(outcome.Failure.ToString())))
            .Where(pair => pair.Old is not null)
            .Select(pair => new OutcomeDifference(pair.Old!, pair.New))
            .Where(difference => difference.Aspects != OutcomeAspects.None)
            .OrderByDescending(difference => difference.IsWorse)
            .ThenBy(difference => difference.After.Failure.Causes.Length);
        return new SimulationComparison(Only(after, before), Only(before, after), [.. differences]);
    }

    private static ImmutableArray<string> Only(SimulationResult one, SimulationResult other)
    {
        var known = other.Singles.Select(outcome => outcome.Failure.ToString()).ToHashSet();
        return [.. one.Singles.Select(outcome => outcome.Failure.ToString()).Where(id => !known.Contains(id))];
    }
}
