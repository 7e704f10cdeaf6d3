namespace Farspan.Srtp;

/// <summary>
/// Why a packet was not protected or not accepted; the packet is dropped and nothing else changes.
/// </summary>
public enum SrtpError
{
    None,

    /// <summary>Not an RTP or RTCP packet, or too short to carry a tag.</summary>
    Malformed,

    /// <summary>The tag does not match: tampered with, or another key.</summary>
    Forged,

    /// <summary>A packet with this index has been seen (RFC 3711 §3.3.2).</summary>
    Replayed,

    /// <summary>The index is behind the replay window (RFC 3711 §3.3.2).</summary>
    TooOld,

    /// <summary>More SSRCs than <see cref="SrtpLimits.MaxSources"/>.</summary>
    TooManySources,

    /// <summary>The buffer has no room for the tag.</summary>
    NoRoom,

    /// <summary>The key has protected as many packets as it may (RFC 3711 §9.2).</summary>
    KeyExhausted,
}
