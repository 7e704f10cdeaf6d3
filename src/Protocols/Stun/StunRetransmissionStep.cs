namespace Farspan.Stun;

/// <summary>What a request that waits for its response is to do now (RFC 8489 §6.2.1).</summary>
public enum StunRetransmissionStep
{
    Wait,
    Resend,
    GiveUp,
}
