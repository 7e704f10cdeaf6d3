namespace Farspan.Sdp;

/// <summary>A property of a media source (a=ssrc, RFC 5576 §4.1), such as its cname or msid.</summary>
/// <param name="Ssrc">The source.</param>
/// <param name="Attribute">The property's name.</param>
/// <param name="Value">Null for a flag.</param>
public sealed record SsrcAttribute(uint Ssrc, string Attribute, string? Value);
