namespace Farspan.Media;

/// <summary>Why there is no DTLS association.</summary>
public enum DtlsFailureReason
{
    /// <summary>The peer did not finish the handshake in time.</summary>
    TimedOut,

    /// <summary>A handshake message or a fatal alert that ends it.</summary>
    HandshakeFailed,

    /// <summary>The certificate is not the one of <c>a=fingerprint</c> (RFC 8122 §6.2).</summary>
    FingerprintMismatch,

    /// <summary>No SRTP profile in common (RFC 5764 §4.1).</summary>
    NoSrtpProfile,
}
