using Farspan.Cluster;

namespace Farspan.Calls;

/// <summary>Turns a started contact into a resume token and back (decision 0015).</summary>
internal static class ResumeTokens
{
    public static ResumeToken Create(RoutedCall routed, StartedContact contact, uint audioSessionId)
    {
        var meeting = contact.Meeting!;
        return new ResumeToken
        {
            ContactId = contact.ContactId,
            InstanceId = routed.Request.InstanceId,
            IntentId = routed.Request.ClientToken,
            ParticipantId = contact.ParticipantId,
            ParticipantToken = contact.ParticipantToken,
            MeetingId = meeting.MeetingId,
            AttendeeId = meeting.AttendeeId,
            JoinToken = meeting.JoinToken,
            SignalingUrl = meeting.SignalingUrl,
            AudioHostUrl = meeting.AudioHostUrl,
            AudioFallbackUrl = meeting.AudioFallbackUrl,
            MediaRegion = meeting.MediaRegion,
            AudioSessionId = audioSessionId,
            Route = routed.Route,
        };
    }

    public static StartedContact ToContact(ResumeToken token) => new(
        token.ContactId,
        token.ParticipantId,
        token.ParticipantToken,
        new ContactMeeting
        {
            MeetingId = token.MeetingId,
            MediaRegion = token.MediaRegion,
            AttendeeId = token.AttendeeId,
            JoinToken = token.JoinToken,
            SignalingUrl = token.SignalingUrl,
            AudioHostUrl = token.AudioHostUrl,
            AudioFallbackUrl = token.AudioFallbackUrl,
        });

    public static ParticipantConnection? ToConnection(ResumeToken token) =>
        token.ConnectionToken is { } connection
            ? new ParticipantConnection(connection, token.ConnectionExpiresAt)
            : null;
}
