namespace Farspan.ConnectEmulator;

/// <summary>The bodies of answers in the shapes of the AWS API reference.</summary>
internal sealed class AwsBodies(Func<string> mediaRegion)
{
    /// <summary>The address that clients reach the emulator at; set once it listens.</summary>
    public Uri PublicUrl { get; set; } = new("http://127.0.0.1");

    public object Started(StartedWebRtcContact started) => new
    {
        started.ContactId,
        started.ParticipantId,
        started.ParticipantToken,
        ConnectionData = started.Join is null ? null : Connection(started.Join),
    };

    /// <summary>Meeting and attendee as amazon-chime-sdk-js takes them.</summary>
    public object Connection(MeetingJoin join)
    {
        var scheme = PublicUrl.Scheme == Uri.UriSchemeHttps ? "wss" : "ws";
        var authority = PublicUrl.Authority;
        return new
        {
            Attendee = new { join.AttendeeId, join.JoinToken },
            Meeting = new
            {
                join.MeetingId,
                MediaRegion = mediaRegion(),
                MediaPlacement = new
                {
                    AudioHostUrl = authority,
                    AudioFallbackUrl = $"{scheme}://{authority}/calls/{join.MeetingId}",
                    SignalingUrl = $"{scheme}://{authority}/control/{join.MeetingId}",
                    TurnControlUrl = $"{PublicUrl.Scheme}://{authority}/v2/turn_sessions",
                },
                MeetingFeatures = new { Audio = new { EchoReduction = "UNAVAILABLE" } },
            },
        };
    }

    public object Connected(ParticipantConnection connection) => new
    {
        ConnectionCredentials = connection.ConnectionToken is null
            ? null
            : new { connection.ConnectionToken, Expiry = Iso8601(connection.Expiry!.Value) },
        WebRTCConnection = connection.Join is null ? null : Connection(connection.Join),
    };

    public static object Created(CreatedParticipant created) => new
    {
        created.ParticipantId,
        ParticipantCredentials = new { created.ParticipantToken, Expiry = Iso8601(created.Expiry) },
    };

    public static object Attributes(ContactAttributes attributes) => new
    {
        Attributes = new Dictionary<string, string>(attributes.Attributes),
    };

    public static object Sent(SentMessage message) => new
    {
        message.Id,
        AbsoluteTime = Iso8601(message.AbsoluteTime),
    };

    public static object Nothing(Acknowledgement acknowledgement) => new Dictionary<string, string>();

    private static string Iso8601(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
}
