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

    /// <summary>We end it: the BYE waits for the ACK of our 200, or for its own answer.</summary>
    Ending,

    Ended,

    /// <summary>Somebody else owns the caller: silent for ever.</summary>
    Fenced,
}
