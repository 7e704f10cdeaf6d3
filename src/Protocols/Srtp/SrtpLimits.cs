namespace Farspan.Srtp;

/// <summary>The limits of SRTP, those of RFC 3711 and those of ours.</summary>
public static class SrtpLimits
{
    /// <summary>
    /// SSRCs that one key serves; a leg has one, and one more for each re-start of its peer.
    /// </summary>
    public const int MaxSources = 32;

    /// <summary>
    /// How far behind the newest a packet may arrive (RFC 3711 §3.3.2 asks for at least 64).
    /// </summary>
    public const int ReplayWindowPackets = 128;

    /// <summary>
    /// Longest packet protected or accepted, tag included: more than any UDP path carries unfragmented.
    /// </summary>
    public const int MaxPacketBytes = 2048;

    /// <summary>Packets that one key may protect for one SSRC (RFC 3711 §9.2).</summary>
    public const long MaxRtpIndex = (1L << 48) - 1;

    /// <summary>Control packets that one key may protect for one SSRC (RFC 3711 §9.2).</summary>
    public const long MaxRtcpIndex = (1L << 31) - 1;
}
