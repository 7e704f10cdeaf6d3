namespace Farspan.Sdp;

/// <summary>
/// An a= line that has no type of its own here, or whose value could not be understood: kept so that
/// nothing is lost, and without effect.
/// </summary>
/// <param name="Name">Case-sensitive (RFC 8866 §5.13).</param>
/// <param name="Value">Null for a property attribute (a flag).</param>
public sealed record SdpAttribute(string Name, string? Value);
