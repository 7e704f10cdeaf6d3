namespace Farspan.Calls;

/// <summary>The states of <see cref="CarrierLeg"/>.</summary>
public enum CarrierLegState
{
    /// <summary>The INVITE has its 100 and nothing else.</summary>
    Offered,

    /// <summary>180 was sent.</summary>
    Ringing,

    /// <summary>200 was sent, its ACK has not come.</summary>
    Answered,

    /// <summary>The dialog stands.</summary>
    Confirmed,

    /// <summary>We end it; our BYE waits for the ACK of our 200 (RFC 3261 §15).</summary>
    Ending,

    /// <summary>Our BYE is out, its answer has not come.</summary>
    Terminating,

    Ended,

    /// <summary>Another node owns the caller: silent.</summary>
    Fenced,
}
