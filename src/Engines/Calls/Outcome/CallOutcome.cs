namespace Farspan.Calls;

/// <summary>
/// How a call ended, or why it could not be set up: one member for each thing that can be at fault.
/// </summary>
public enum CallOutcome
{
    /// <summary>The caller hung up.</summary>
    CallerHungUp,

    /// <summary>The caller gave up while it rang.</summary>
    CallerCancelled,

    /// <summary>Connect ended the contact: the agent hung up, the flow ended, somebody stopped it.</summary>
    ContactEnded,

    /// <summary>The contact was ended by Connect while the caller still heard ringing.</summary>
    ContactEndedWhileRinging,

    /// <summary>Our attendee was removed from the meeting.</summary>
    AttendeeRemoved,

    /// <summary>The attendee joined from another node: that node owns the contact now.</summary>
    Displaced,

    /// <summary>No route for the called number.</summary>
    NoRoute,

    /// <summary>The source belongs to no trunk.</summary>
    UnknownSource,

    /// <summary>A request within a dialog came from a source that is not of the dialog's trunk.</summary>
    ForeignTrunk,

    /// <summary>The trunk has as many calls, or as many new calls a second, as it may.</summary>
    TrunkLimit,

    /// <summary>This node is draining or overloaded.</summary>
    NotAccepting,

    /// <summary>This node is stopping.</summary>
    NodeStopping,

    /// <summary>The INVITE asks for what we do not do, or is malformed: 400, 415, 420, 422.</summary>
    InviteNotAcceptable,

    /// <summary>No codec, or no keying, that both sides accept.</summary>
    MediaNotAcceptable,

    /// <summary>No ports, sessions or memory for media.</summary>
    MediaResources,

    /// <summary>The governor could not give quota inside the ringing limit.</summary>
    QuotaWait,

    /// <summary>Connect went on answering 429.</summary>
    ConnectThrottled,

    /// <summary>Connect's concurrent-call quota is used up (LimitExceededException).</summary>
    ConnectLimitExceeded,

    /// <summary>Connect refused our credentials or permissions.</summary>
    ConnectAccessDenied,

    /// <summary>The instance or the contact flow does not exist.</summary>
    ConnectNotFound,

    /// <summary>Connect says that the request is wrong.</summary>
    ConnectRefused,

    /// <summary>The other region of a Global Resiliency pair is the active one.</summary>
    ConnectInactiveRegion,

    /// <summary>Connect answered 5xx or could not be reached.</summary>
    ConnectUnavailable,

    /// <summary>Connect did not answer in time.</summary>
    ConnectTimedOut,

    /// <summary>Chime refused the join token.</summary>
    SignalingAuthRejected,

    /// <summary>The meeting is full.</summary>
    SignalingAtCapacity,

    /// <summary>Chime refused what we sent.</summary>
    SignalingRefused,

    /// <summary>Chime failed, or its signalling was lost and could not be re-joined.</summary>
    SignalingUnavailable,

    /// <summary>A step of joining the meeting took too long.</summary>
    SignalingTimedOut,

    /// <summary>No TURN allocation.</summary>
    RelayUnavailable,

    /// <summary>No path for media to Chime.</summary>
    IceFailed,

    /// <summary>The DTLS handshake with Chime failed.</summary>
    DtlsFailed,

    /// <summary>The media path to Chime went silent and could not be rebuilt.</summary>
    ContactMediaLost,

    /// <summary>The carrier did not acknowledge our 200 (RFC 3261 §13.3.1.4).</summary>
    NoAck,

    /// <summary>The session timer ran out (RFC 4028 §10).</summary>
    SessionExpired,

    /// <summary>The SIP connection to the carrier is gone.</summary>
    CarrierLost,

    /// <summary>The carrier's side sent no media for longer than it may.</summary>
    CarrierSilent,

    /// <summary>The contact of another node cannot be joined any more.</summary>
    ContactGone,

    /// <summary>The edge did not take the token that a survivor would need.</summary>
    EdgeUnreachable,

    /// <summary>A defect of ours ended the call.</summary>
    Defect,
}
