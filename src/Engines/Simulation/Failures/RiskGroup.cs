using System.Collections.Immutable;

namespace Farspan.Simulation;

/// <summary>Elements that one event takes away together.</summary>
/// <param name="Id">Such as <c>zone/us-east-1a</c>: what <c>--fail</c> takes.</param>
/// <param name="Kind">What they share: metro, zone, location, provider, region.</param>
/// <param name="Members">The elements, ascending.</param>
public sealed record RiskGroup(string Id, string Kind, ImmutableArray<int> Members);
