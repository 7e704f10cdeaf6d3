namespace Farspan.Stun;

/// <summary>The class of a message, two bits of its type (RFC 8489 §5).</summary>
public enum StunClass : byte
{
    Request = 0,
    Indication = 1,
    Success = 2,
    Error = 3,
}
