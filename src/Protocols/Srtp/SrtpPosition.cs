namespace Farspan.Srtp;

/// <summary>
/// How far a source has come: enough for another node to go on receiving it with the same key.
/// The counter may be one off by the time it is used: receivers check its neighbours too.
/// </summary>
/// <param name="Ssrc">The source.</param>
/// <param name="RolloverCounter">How often the sequence number has wrapped (RFC 3711 §3.3.1).</param>
/// <param name="Sequence">The highest sequence number accepted under that counter.</param>
public readonly record struct SrtpPosition(uint Ssrc, uint RolloverCounter, ushort Sequence);
