namespace Farspan.Stun;

/// <summary>Limits of STUN messages, each with its unit (RFC 8489 §5, §14).</summary>
public static class StunLimits
{
    /// <summary>The fixed header: type, length, magic cookie, transaction id.</summary>
    public const int HeaderBytes = 20;

    /// <summary>The largest message that a 16-bit length divisible by four can announce.</summary>
    public const int MaxMessageBytes = HeaderBytes + 0xFFFC;

    /// <summary>
    /// The largest message whose integrity we check or make: room for USERNAME, REALM and NONCE at their
    /// longest.
    /// </summary>
    public const int MaxSignedBytes = 2304;

    /// <summary>More attributes than any usage of STUN has; beyond that the message is refused.</summary>
    public const int MaxAttributes = 64;

    /// <summary>USERNAME (RFC 8489 §14.3: less than 509 bytes).</summary>
    public const int MaxUsernameBytes = 508;

    /// <summary>REALM (RFC 8489 §14.9).</summary>
    public const int MaxRealmBytes = 763;

    /// <summary>NONCE (RFC 8489 §14.10).</summary>
    public const int MaxNonceBytes = 763;

    /// <summary>Unknown attributes that a 420 names.</summary>
    public const int MaxUnknownAttributes = 16;
}
