using System.Collections.Immutable;
using Farspan.Topology;

namespace Farspan.Simulation;

/// <summary>Whether an objective holds.</summary>
/// <param name="Objective">What was promised.</param>
/// <param name="Checked">How many failure sets it speaks of.</param>
/// <param name="Broken">How many of them break it.</param>
/// <param name="Counterexample">The smallest and worst of these; null: it holds.</param>
/// <param name="Story">How it comes about, sentence by sentence; empty if it holds.</param>
public sealed record ObjectiveVerdict(
    Objective Objective,
    int Checked,
    int Broken,
    FailureOutcome? Counterexample,
    ImmutableArray<string> Story)
{
    public bool Holds => Broken == 0;
}
