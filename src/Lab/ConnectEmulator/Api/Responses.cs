namespace Farspan.ConnectEmulator;

/// <summary>What one attendee needs to join a meeting; the URLs are the shell's to add.</summary>
public sealed record MeetingJoin(string MeetingId, string AttendeeId, string JoinToken);

/// <summary>The answer of StartWebRTCContact.</summary>
/// <param name="ContactId">The contact, new or known.</param>
/// <param name="ParticipantId">The customer; null where a repeated ClientToken returns the contact id
/// only.</param>
/// <param name="ParticipantToken">The bearer of the participant service; null likewise.</param>
/// <param name="Join">The way into the meeting; null likewise.</param>
public sealed record StartedWebRtcContact(
    string ContactId, string? ParticipantId, string? ParticipantToken, MeetingJoin? Join);

/// <summary>The answer of operations that return nothing.</summary>
public sealed record Acknowledgement
{
    public static Acknowledgement Instance { get; } = new();
}

/// <summary>The answer of GetContactAttributes, ordered by key.</summary>
public sealed record ContactAttributes(IReadOnlyList<KeyValuePair<string, string>> Attributes);

/// <summary>The answer of CreateParticipant.</summary>
public sealed record CreatedParticipant(string ParticipantId, string ParticipantToken, DateTimeOffset Expiry);

/// <summary>The answer of CreateParticipantConnection; what was not asked for is null.</summary>
public sealed record ParticipantConnection(
    string? ConnectionToken, DateTimeOffset? Expiry, MeetingJoin? Join);

/// <summary>The answer of SendMessage.</summary>
public sealed record SentMessage(string Id, DateTimeOffset AbsoluteTime);
