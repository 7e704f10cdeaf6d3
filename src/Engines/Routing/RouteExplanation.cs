using System.Collections.Immutable;

namespace Farspan.Routing;

/// <summary>Why a call went where it went: every route that was looked at, and what decided about it.</summary>
/// <param name="Chosen">The route; null if none matched.</param>
/// <param name="Steps">The routes in their order up to the one that was chosen.</param>
public sealed record RouteExplanation(Route? Chosen, ImmutableArray<RouteStep> Steps);

/// <summary>One route that was looked at.</summary>
/// <param name="Route">Its name.</param>
/// <param name="IsMatch">Whether all its conditions held.</param>
/// <param name="Reason">The first condition that did not hold, or what matched.</param>
public sealed record RouteStep(string Route, bool IsMatch, string Reason);
