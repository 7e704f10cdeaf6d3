namespace Farspan.Sip;

/// <summary>The states of an INVITE client transaction (RFC 3261 §17.1.1, RFC 6026 §7.2).</summary>
public enum InviteClientState
{
    /// <summary>Created, not sent.</summary>
    Idle,

    /// <summary>Sent, and nothing heard.</summary>
    Calling,

    /// <summary>A provisional response came.</summary>
    Proceeding,

    /// <summary>A failure came and was acknowledged; its retransmissions are being acknowledged
    /// again.</summary>
    Completed,

    /// <summary>A 2xx came; further ones go up to the transaction user.</summary>
    Accepted,

    /// <summary>Over.</summary>
    Terminated,
}
