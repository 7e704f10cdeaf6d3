namespace Farspan.Node;

/// <summary>Where a running node can be reached.</summary>
/// <param name="Sip">Such as <c>udp:192.0.2.1:5060</c>.</param>
/// <param name="Admin">URLs of the administration API, and of plain metrics if there are.</param>
public sealed record NodeAddresses(IReadOnlyList<string> Sip, IReadOnlyList<string> Admin);
