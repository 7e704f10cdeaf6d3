namespace Farspan.Sip;

/// <summary>The states of a non-INVITE server transaction (RFC 3261 §17.2.2).</summary>
public enum NonInviteServerState
{
    /// <summary>Created, not started.</summary>
    Idle,

    /// <summary>The request was delivered; nothing was answered.</summary>
    Trying,

    /// <summary>A provisional response was sent.</summary>
    Proceeding,

    /// <summary>The final response was sent and is repeated for each retransmission of the request.</summary>
    Completed,

    /// <summary>Over.</summary>
    Terminated,
}
