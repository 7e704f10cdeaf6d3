namespace Farspan.Sdp;

/// <summary>What a payload type stands for (a=rtpmap, RFC 8866 §6.6).</summary>
/// <param name="PayloadType">0 to 127.</param>
/// <param name="Encoding">The codec's name; compared without regard to case.</param>
/// <param name="ClockRateHz">The rate of RTP timestamps: 8000 for G722, although it samples at 16 kHz
/// (RFC 3551 §4.5.2).</param>
/// <param name="Channels">1 unless stated.</param>
public sealed record RtpMap(int PayloadType, string Encoding, int ClockRateHz, int Channels = 1)
{
    /// <summary>
    /// True if this names the encoding at the clock rate; the number of channels is not compared.
    /// </summary>
    public bool Is(string encoding, int clockRateHz) =>
        ClockRateHz == clockRateHz && string.Equals(Encoding, encoding, StringComparison.OrdinalIgnoreCase);

    /// <summary>The assignments of RFC 3551 §6 that need no a=rtpmap; null for others.</summary>
    public static RtpMap? FindStatic(int payloadType) => payloadType switch
    {
        0 => new RtpMap(0, "PCMU", 8000),
        3 => new RtpMap(3, "GSM", 8000),
        4 => new RtpMap(4, "G723", 8000),
        8 => new RtpMap(8, "PCMA", 8000),
        9 => new RtpMap(9, "G722", 8000),
        13 => new RtpMap(13, "CN", 8000),
        15 => new RtpMap(15, "G728", 8000),
        18 => new RtpMap(18, "G729", 8000),
        _ => null,
    };
}
