namespace Farspan.Edges;

/// <summary>The states of <see cref="InnerLeg"/>.</summary>
public enum InnerLegState
{
    Idle,

    /// <summary>The INVITE is out.</summary>
    Calling,

    /// <summary>A provisional response came.</summary>
    Proceeding,

    /// <summary>200 came: the dialog stands.</summary>
    Confirmed,

    /// <summary>The INVITE was taken back; its final response is still to come.</summary>
    Cancelled,

    /// <summary>Our BYE is out.</summary>
    Terminating,

    Ended,

    /// <summary>Another connector has the contact: nothing is sent, and what comes is answered 412.</summary>
    Superseded,
}
