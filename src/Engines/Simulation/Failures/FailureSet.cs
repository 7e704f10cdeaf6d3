using System.Collections.Immutable;

namespace Farspan.Simulation;

/// <summary>What fails together.</summary>
/// <param name="Causes">What a person says: elements and risk groups by their ids.</param>
/// <param name="Elements">What is down then, ascending.</param>
public sealed record FailureSet(ImmutableArray<string> Causes, ImmutableArray<int> Elements)
{
    /// <summary>Both at once.</summary>
    public FailureSet With(FailureSet other) =>
        new(Causes.AddRange(other.Causes), [.. Elements.Union(other.Elements).Order()]);

    public override string ToString() => string.Join(" + ", Causes);
}
