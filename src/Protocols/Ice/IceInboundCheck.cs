namespace Farspan.Ice;

/// <summary>A check of the peer's that proved to know our password (RFC 8445 §7.3.1).</summary>
/// <param name="Path">Where it arrived and where it came from.</param>
/// <param name="Priority">Of the sender's candidate, should it be peer-reflexive.</param>
/// <param name="UseCandidate">The peer controls and nominates.</param>
internal readonly record struct IceInboundCheck(IcePath Path, uint Priority, bool UseCandidate);
