namespace Farspan.Cluster;

/// <summary>What somebody wants to change.</summary>
/// <param name="Key">Such as <c>trunks/carrier-a</c>.</param>
/// <param name="Value">Null removes the key.</param>
public sealed record ConfigurationEdit(string Key, string? Value);
