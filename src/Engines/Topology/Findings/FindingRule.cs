namespace Farspan.Topology;

/// <summary>A rule that configurations are checked against; its id never changes its meaning.</summary>
/// <param name="Id">Such as <c>CFG-006</c>.</param>
/// <param name="Severity">What breaking it means.</param>
/// <param name="Title">The rule in a few words.</param>
/// <param name="Why">What would go wrong without it.</param>
public sealed record FindingRule(string Id, FindingSeverity Severity, string Title, string Why);
