namespace Farspan.Stun;

/// <summary>
/// Why bytes are not a STUN message; the peer's fault, to be counted and dropped (RFC 8489 §6.3).
/// </summary>
public enum StunDecodeError
{
    None,

    /// <summary>No STUN header: too short, first two bits set, or no magic cookie.</summary>
    NotStun,

    /// <summary>The announced length is not the length there is, or not divisible by four.</summary>
    BadLength,

    /// <summary>
    /// An attribute reaches beyond the message, or an integrity attribute has no possible length.
    /// </summary>
    BadAttribute,

    /// <summary>More than <see cref="StunLimits.MaxAttributes"/>.</summary>
    TooManyAttributes,

    /// <summary>Something follows FINGERPRINT, which is the last attribute (RFC 8489 §14.7).</summary>
    TrailingAttribute,
}
