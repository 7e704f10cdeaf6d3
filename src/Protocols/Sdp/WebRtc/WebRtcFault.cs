namespace Farspan.Sdp;

/// <summary>Why a WebRTC description cannot be used.</summary>
public enum WebRtcFault
{
    None,

    /// <summary>No m=audio line, or it was refused.</summary>
    NoAudio,

    UnsupportedTransport,
    NoRtcpMux,
    NoOpus,
    NoIceCredentials,

    /// <summary>No SHA-256 fingerprint.</summary>
    NoFingerprint,

    /// <summary>The other end insists on the DTLS role that is ours.</summary>
    UnusableSetup,
}
