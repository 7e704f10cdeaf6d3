namespace Farspan.Sip;

/// <summary>What the state of a dialog says to a request within it (RFC 3261 §12.2.2, §14.2).</summary>
public enum SipDialogVerdict
{
    /// <summary>The request is in order.</summary>
    Accept,

    /// <summary>Its CSeq is lower than one seen before: 500.</summary>
    OutOfOrder,

    /// <summary>The peer's last INVITE has no final response yet: 500 with Retry-After.</summary>
    InvitePending,

    /// <summary>An INVITE of ours has no final response yet: 491.</summary>
    Glare,
}
