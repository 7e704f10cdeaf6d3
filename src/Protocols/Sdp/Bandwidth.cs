namespace Farspan.Sdp;

/// <summary>A b= line (RFC 8866 §5.8).</summary>
/// <param name="Type">CT or AS (kbit/s), TIAS (bit/s), or a type unknown here.</param>
/// <param name="Value">In the unit of the type.</param>
public sealed record Bandwidth(string Type, long Value);
