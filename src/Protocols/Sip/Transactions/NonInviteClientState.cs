namespace Farspan.Sip;

/// <summary>The states of a non-INVITE client transaction (RFC 3261 §17.1.2).</summary>
public enum NonInviteClientState
{
    /// <summary>Created, not sent.</summary>
    Idle,

    /// <summary>Sent, and nothing heard.</summary>
    Trying,

    /// <summary>A provisional response came.</summary>
    Proceeding,

    /// <summary>A final response came; its retransmissions are absorbed.</summary>
    Completed,

    /// <summary>Over.</summary>
    Terminated,
}
