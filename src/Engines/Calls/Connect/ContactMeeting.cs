using Farspan.Chime;
using Farspan.Kernel;

namespace Farspan.Calls;

/// <summary>
/// The Chime meeting behind a contact and our seat in it (Amazon Connect API Reference, ConnectionData).
/// </summary>
public sealed record ContactMeeting
{
    public required string MeetingId { get; init; }

    /// <summary>Such as <c>us-west-2</c>; empty if the answer does not say.</summary>
    public string MediaRegion { get; init; } = "";

    public required string AttendeeId { get; init; }

    public required Redacted<string> JoinToken { get; init; }

    /// <summary>The WebSocket's URL, without the query that the client adds.</summary>
    public required string SignalingUrl { get; init; }

    /// <summary>Goes into SUBSCRIBE as it is.</summary>
    public required string AudioHostUrl { get; init; }

    public string? AudioFallbackUrl { get; init; }

    /// <summary>Not used by us: TURN credentials come with JOIN_ACK.</summary>
    public string? TurnControlUrl { get; init; }

    /// <summary>The seat, as Chime signalling takes it.</summary>
    public ChimeJoin ToChimeJoin() => new()
    {
        SignalingUrl = SignalingUrl,
        AudioHostUrl = AudioHostUrl,
        AttendeeId = AttendeeId,
        JoinToken = JoinToken,
    };
}
