namespace Farspan.Stun;

/// <summary>Why a STUN server gave no mapped address.</summary>
public enum StunBindingFailure
{
    TimedOut,

    /// <summary>An error response (RFC 8489 §6.3.4).</summary>
    Rejected,

    /// <summary>
    /// A response without XOR-MAPPED-ADDRESS, or with attributes that we had to understand.
    /// </summary>
    BadResponse,
}
