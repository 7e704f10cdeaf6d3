namespace Farspan.ConnectEmulator;

/// <summary>What a <see cref="ConnectEvent"/> is about; in brackets what its value holds.</summary>
public enum ConnectEventKind
{
    /// <summary>An API operation was called [operation: result].</summary>
    OperationCalled,

    /// <summary>A contact entered a state [the state].</summary>
    StateChanged,

    /// <summary>A block of the flow started [its type].</summary>
    BlockStarted,

    /// <summary>Attributes of the contact were set [key=value].</summary>
    AttributeSet,

    /// <summary>Digits came [the digits].</summary>
    DtmfReceived,

    /// <summary>A signalling connection was opened [its id].</summary>
    SocketOpened,

    /// <summary>A signalling connection ended [its id and why].</summary>
    SocketClosed,

    /// <summary>An attendee was displaced by its own second join [the first connection's id].</summary>
    AttendeeDisplaced,

    /// <summary>An attendee entered the roster [its external user id].</summary>
    AttendeeJoined,

    /// <summary>An attendee left by its own will.</summary>
    AttendeeLeft,

    /// <summary>An attendee was lost.</summary>
    AttendeeDropped,

    /// <summary>An attendee muted or unmuted itself [muted or unmuted].</summary>
    AttendeeMuted,

    /// <summary>Media of an attendee flows [the connection's id].</summary>
    MediaConnected,

    /// <summary>Media of an attendee stopped [the connection's id].</summary>
    MediaLost,

    /// <summary>An offer could not be answered [the reason].</summary>
    OfferRefused,

    /// <summary>A built-in agent recognised a caller, or another one [the code].</summary>
    CallerHeard,

    /// <summary>An agent's situation changed [its state].</summary>
    AgentChanged,
}
