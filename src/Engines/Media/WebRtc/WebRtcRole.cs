namespace Farspan.Media;

/// <summary>Which half of offer and answer a WebRTC transport is.</summary>
public enum WebRtcRole
{
    /// <summary>
    /// Controls ICE (RFC 8445 §6.1.1) and leaves the choice of the DTLS role to the answer (RFC 8842 §5.2).
    /// </summary>
    Offerer,

    /// <summary>Is controlled, and is the DTLS server.</summary>
    Answerer,
}
