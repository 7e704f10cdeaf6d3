namespace Farspan.Simulation;

/// <summary>What becomes of the calls that are up when something fails.</summary>
/// <param name="Fate">The worst that happens to any of them.</param>
/// <param name="Gap">The longest pause of those that live on.</param>
/// <param name="KeptPercent">How many live on.</param>
public readonly record struct EstablishedCalls(CallFate Fate, Delay Gap, double KeptPercent);
