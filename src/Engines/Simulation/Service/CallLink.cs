using System.Collections.Immutable;

namespace Farspan.Simulation;

/// <summary>What one link between the clouds can carry.</summary>
/// <param name="Elements">What it rests on.</param>
/// <param name="Calls">Calls at once.</param>
public sealed record CallLink(ImmutableArray<int> Elements, int Calls);
