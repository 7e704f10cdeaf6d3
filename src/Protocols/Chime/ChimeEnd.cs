namespace Farspan.Chime;

/// <summary>Why a session is over.</summary>
public enum ChimeEndReason
{
    /// <summary>The owner left.</summary>
    Left,

    /// <summary>
    /// AUDIO_STATUS 410, or the WebSocket closed with 4410 while joining: the contact is over.
    /// </summary>
    MeetingEnded,

    /// <summary>
    /// AUDIO_STATUS 301: the same attendee joined from elsewhere. We are fenced; nobody hung up.
    /// </summary>
    Displaced,

    /// <summary>403: the join token is not, or no longer, good.</summary>
    AuthRejected,

    /// <summary>409, 509 or 206 (view only).</summary>
    AtCapacity,

    /// <summary>AUDIO_STATUS 411.</summary>
    AttendeeRemoved,

    /// <summary>AUDIO_STATUS 302, or one that no table has.</summary>
    AudioDisconnected,

    /// <summary>The service refused what we sent: an error 4xx, or any other close while joining.</summary>
    BadRequest,

    /// <summary>5xx, or a close with 45xx, and no time left for another attempt.</summary>
    ServiceError,

    /// <summary>The WebSocket broke and did not come back in time.</summary>
    SignalingLost,

    /// <summary>Silence; <see cref="ChimeEnd.Stage"/> says where.</summary>
    TimedOut,
}

/// <summary>The part of a start that took too long.</summary>
public enum ChimeStage
{
    Open,
    Join,
    Index,

    /// <summary>Our own: joined, but the owner has not offered.</summary>
    Offer,
    Subscribe,
}

/// <summary>How a session ended.</summary>
public sealed record ChimeEnd(ChimeEndReason Reason)
{
    /// <summary>Where the time ran out; null for every other reason.</summary>
    public ChimeStage? Stage { get; init; }

    /// <summary>
    /// The audio or error status, or the WebSocket's close code; null where none was given.
    /// </summary>
    public int? Code { get; init; }

    /// <summary>The peer's words, for the log.</summary>
    public string Detail { get; init; } = "";

    /// <summary>
    /// Whether the same seat may still be taken by another session, here or on another host: the reason
    /// says nothing against the seat, and the rejoin window has not run out.
    /// </summary>
    public bool IsRejoinAllowed { get; init; }

    /// <summary>Whether trying again can help.</summary>
    internal bool IsRetryable => Reason
        is ChimeEndReason.ServiceError or ChimeEndReason.SignalingLost or ChimeEndReason.TimedOut;
}
