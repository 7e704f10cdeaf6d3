namespace Farspan.Audio;

/// <summary>
/// The codecs of a call leg, by the encoding name of their RTP payload format (RFC 3551 §6, RFC 7587 §6.1).
/// </summary>
public enum AudioCodec : byte
{
    /// <summary>G.711 µ-law, static payload type 0 (RFC 3551 §4.5.14).</summary>
    Pcmu,

    /// <summary>G.711 A-law, static payload type 8 (RFC 3551 §4.5.14).</summary>
    Pcma,

    /// <summary>
    /// G.722 at 64 kbit/s, static payload type 9 (RFC 3551 §4.5.2). Its RTP clock is 8000 Hz; its audio 16
    /// kHz.
    /// </summary>
    G722,

    /// <summary>Opus, dynamic payload type (RFC 6716, RFC 7587). Its RTP clock is always 48000 Hz.</summary>
    Opus,
}
