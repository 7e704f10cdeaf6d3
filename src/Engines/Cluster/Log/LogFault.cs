namespace Farspan.Cluster;

/// <summary>A change that was not taken, and why.</summary>
/// <param name="Kind">For programs.</param>
/// <param name="Reason">For people; names what it is about.</param>
public sealed record LogFault(LogFaultKind Kind, string Reason);
