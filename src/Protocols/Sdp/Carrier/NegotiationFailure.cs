namespace Farspan.Sdp;

/// <summary>Why an offer or an answer cannot be agreed to: 488 unless stated otherwise.</summary>
public enum NegotiationFailure
{
    None,

    /// <summary>No m=audio line that is enabled, or the answer refused ours.</summary>
    NoAudio,

    /// <summary>Only transports that are not ours, such as UDP/TLS/RTP/SAVPF.</summary>
    UnsupportedTransport,

    NoCommonCodec,

    /// <summary>Policy demands SRTP and none was offered.</summary>
    EncryptionRequired,

    /// <summary>Policy forbids SRTP and nothing else was offered.</summary>
    EncryptionForbidden,

    /// <summary>RTP/SAVP without a crypto line that can be used.</summary>
    NoUsableCrypto,

    /// <summary>No c= line, a host name, or a port that cannot be.</summary>
    UnusableAddress,

    /// <summary>The answer does not answer the offer: m= lines or crypto tags do not match.</summary>
    MalformedAnswer,

    /// <summary>Our own offer is still open: 491 (RFC 3261 §14.2).</summary>
    OfferPending,
}
