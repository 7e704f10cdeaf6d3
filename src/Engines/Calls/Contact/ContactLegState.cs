namespace Farspan.Calls;

/// <summary>The states of <see cref="ContactLeg"/>.</summary>
public enum ContactLegState
{
    Idle,

    /// <summary>The signalling takes the seat.</summary>
    Joining,

    /// <summary>The media plane gathers candidates for the offer.</summary>
    Gathering,

    /// <summary>The offer is out.</summary>
    Subscribing,

    /// <summary>ICE and DTLS run.</summary>
    Connecting,

    /// <summary>Media flows.</summary>
    Connected,

    /// <summary>LEAVE is out; nothing more is told to the call.</summary>
    Leaving,

    Ended,
}
