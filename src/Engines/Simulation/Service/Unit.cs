using System.Collections.Immutable;

namespace Farspan.Simulation;

/// <summary>One machine, or one group of machines that fails as one.</summary>
/// <param name="Elements">All of them have to work.</param>
/// <param name="Calls">How many calls at once it carries.</param>
public sealed record Unit(ImmutableArray<int> Elements, int Calls);
