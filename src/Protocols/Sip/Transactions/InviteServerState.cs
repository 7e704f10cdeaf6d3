namespace Farspan.Sip;

/// <summary>The states of an INVITE server transaction (RFC 3261 §17.2.1, RFC 6026 §7.1).</summary>
public enum InviteServerState
{
    /// <summary>Created, not started.</summary>
    Idle,

    /// <summary>100 was sent; no final response yet.</summary>
    Proceeding,

    /// <summary>A failure was sent; the ACK is awaited.</summary>
    Completed,

    /// <summary>The ACK of the failure came; its retransmissions are absorbed.</summary>
    Confirmed,

    /// <summary>A 2xx was sent; retransmitted INVITEs are absorbed.</summary>
    Accepted,

    /// <summary>Over.</summary>
    Terminated,
}
