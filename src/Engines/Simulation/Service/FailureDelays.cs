namespace Farspan.Simulation;

/// <summary>
/// The times of a <see cref="FailureOutcome"/> with all their parts, to draw percentiles from.
/// </summary>
/// <param name="NewCalls">Until every new call is served.</param>
/// <param name="Gap">Of established calls.</param>
/// <param name="Network">Of the routers alone.</param>
public readonly record struct FailureDelays(Delay NewCalls, Delay Gap, Delay Network);
