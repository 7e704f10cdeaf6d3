namespace Farspan.Media;

/// <summary>How far a DTLS association is. It only goes forward.</summary>
public enum DtlsState
{
    New,
    Handshaking,

    /// <summary>The peer's certificate is the one it announced, and the SRTP keys are there.</summary>
    Connected,

    Failed,
    Closed,
}
