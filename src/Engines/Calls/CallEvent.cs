namespace Farspan.Calls;

/// <summary>
/// Something that happened to a call and that an operator may want to read: one structured log line, both
/// legs under one call id.
/// </summary>
/// <param name="CallId">Our id of the call; not the SIP Call-ID, which is in the event that begins
/// it.</param>
/// <param name="Kind">What happened; the name of the log line.</param>
/// <param name="Fields">Names and values, in a fixed order; values about a person are
/// <see cref="Kernel.Personal{T}"/>.</param>
public sealed record CallEvent(
    string CallId,
    CallEventKind Kind,
    IReadOnlyList<KeyValuePair<string, object?>> Fields)
{
    public static CallEvent Create(
        string callId, CallEventKind kind, params (string Name, object? Value)[] fields) =>
        new(callId, kind, [.. fields.Select(f => new KeyValuePair<string, object?>(f.Name, f.Value))]);

    /// <summary>The value of a field; null if the event has none of that name.</summary>
    public object? this[string name] => Fields.FirstOrDefault(f => f.Key == name).Value;
}

/// <summary>The kinds of call events: names of log lines, and what counters count.</summary>
public enum CallEventKind
{
    /// <summary>An INVITE was accepted for routing.</summary>
    Offered,

    /// <summary>A request was refused before it became a call; its id is the SIP Call-ID.</summary>
    Refused,

    /// <summary>
    /// A source that belongs to no trunk was refused: a line when it begins, and one a minute with how often.
    /// </summary>
    StrangerRefused,

    /// <summary>The dial plan chose an instance and a flow.</summary>
    Routed,

    /// <summary>The call waits for Connect quota.</summary>
    QuotaWaiting,

    /// <summary>A contact start is repeated.</summary>
    StartRepeated,

    /// <summary>Connect started the contact.</summary>
    ContactStarted,

    /// <summary>The meeting was joined.</summary>
    MeetingJoined,

    /// <summary>The contact leg carries media.</summary>
    ContactConnected,

    /// <summary>200 was sent.</summary>
    Answered,

    /// <summary>An agent joined or left the meeting.</summary>
    RosterChanged,

    /// <summary>The carrier put the call on hold or took it back.</summary>
    HoldChanged,

    /// <summary>The carrier moved its media or changed the codec.</summary>
    MediaChanged,

    /// <summary>Digits were accepted by Connect.</summary>
    DigitsDelivered,

    /// <summary>Digits could not be delivered.</summary>
    DigitsDropped,

    /// <summary>Attributes that changed in the call were accepted by Connect.</summary>
    AttributesUpdated,

    /// <summary>Attributes that changed in the call could not be brought to Connect.</summary>
    AttributesDropped,

    /// <summary>The signalling or the media of the contact leg is being rebuilt.</summary>
    Rejoining,

    /// <summary>It is back.</summary>
    Rejoined,

    /// <summary>Another node owns the contact now: this one is silent.</summary>
    Fenced,

    /// <summary>The call is over; its result, durations and counters.</summary>
    Ended,

    /// <summary>The contact in Connect is settled.</summary>
    ContactSettled,

    /// <summary>A media worker of the node stands still, or did; the id is "node".</summary>
    MediaStalled,

    /// <summary>This node did not run for a while: silent until the edge has confirmed the epochs.</summary>
    Doubtful,

    /// <summary>The edge of the call is lost; its caller is to be adopted by another one.</summary>
    EdgeLost,

    /// <summary>An edge was asked to adopt the caller.</summary>
    AdoptionAsked,

    /// <summary>It did not.</summary>
    AdoptionFailed,

    /// <summary>An edge offered the call to a connector.</summary>
    ConnectorChosen,

    /// <summary>A connector failed a call; another one may get it.</summary>
    ConnectorFailed,

    /// <summary>A connector is up, takes no calls, is silent or is dead; the id is "node".</summary>
    ConnectorHealthChanged,

    /// <summary>The connector of a call in progress is lost; the caller hears comfort audio meanwhile.</summary>
    ConnectorLost,

    /// <summary>Another connector has taken the call over.</summary>
    ContactTakenOver,

    /// <summary>Another edge's caller leg was taken over.</summary>
    CallerAdopted,

    /// <summary>A defect of ours ended the call.</summary>
    Defect,
}
