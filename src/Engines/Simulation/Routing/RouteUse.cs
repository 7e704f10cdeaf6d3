namespace Farspan.Simulation;

/// <summary>A route that packets followed.</summary>
/// <param name="Table">Where they were looked up.</param>
/// <param name="Prefix">The longest that matched.</param>
/// <param name="Hop">A feed, or the complement of a static route, as in <see cref="PrefixRoutes.At"/>.</param>
public readonly record struct RouteUse(int Table, int Prefix, int Hop);
