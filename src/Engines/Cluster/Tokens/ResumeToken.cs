using System.Diagnostics.CodeAnalysis;
using Farspan.Kernel;

namespace Farspan.Cluster;

/// <summary>
/// All that a connector needs to take the same seat in the same meeting: what rebuilds the contact's half of a call
/// (decision 0015; the names are those of the Amazon Connect API Reference, ConnectionData).
/// </summary>
public sealed record ResumeToken
{
    /// <summary>What this version writes.</summary>
    public const byte Version = 1;

    /// <summary>The lowest version that understands what this one writes.</summary>
    public const byte LowestReader = 1;

    public required string ContactId { get; init; }

    public required string InstanceId { get; init; }

    /// <summary>The ClientToken of the contact's start, which names it in journals.</summary>
    public required string IntentId { get; init; }

    public string ParticipantId { get; init; } = "";

    /// <summary>Opens the participant API.</summary>
    public required Redacted<string> ParticipantToken { get; init; }

    /// <summary>What SendMessage needs; null if no key was pressed yet.</summary>
    public Redacted<string>? ConnectionToken { get; init; }

    /// <summary>Null if Connect did not say.</summary>
    public DateTimeOffset? ConnectionExpiresAt { get; init; }

    public required string MeetingId { get; init; }

    public required string AttendeeId { get; init; }

    public required Redacted<string> JoinToken { get; init; }

    public required string SignalingUrl { get; init; }

    public required string AudioHostUrl { get; init; }

    public string? AudioFallbackUrl { get; init; }

    public string MediaRegion { get; init; } = "";

    /// <summary>Kept through every rejoin, also by another host.</summary>
    public required uint AudioSessionId { get; init; }

    /// <summary>Whether the caller is on hold.</summary>
    public bool IsMuted { get; init; }

    /// <summary>Messages with digits that were begun.</summary>
    public uint DigitIndex { get; init; }

    /// <summary>The digits of the last message that was begun, until it has arrived; they may be a PIN.</summary>
    public Redacted<string>? DigitsOnTheirWay { get; init; }

    /// <summary>The route's name, for records.</summary>
    public string Route { get; init; } = "";

    public byte[] Encode() => new TokenFieldWriter(Version, LowestReader)
        .Text(Field.ContactId, ContactId)
        .Text(Field.InstanceId, InstanceId)
        .Text(Field.IntentId, IntentId)
        .Text(Field.ParticipantId, ParticipantId)
        .Text(Field.ParticipantToken, ParticipantToken.Reveal())
        .Text(Field.ConnectionToken, ConnectionToken?.Reveal())
        .Time(Field.ConnectionExpiresAt, ConnectionExpiresAt)
        .Text(Field.MeetingId, MeetingId)
        .Text(Field.AttendeeId, AttendeeId)
        .Text(Field.JoinToken, JoinToken.Reveal())
        .Text(Field.SignalingUrl, SignalingUrl)
        .Text(Field.AudioHostUrl, AudioHostUrl)
        .Text(Field.AudioFallbackUrl, AudioFallbackUrl)
        .Text(Field.MediaRegion, MediaRegion)
        .Number(Field.AudioSessionId, AudioSessionId)
        .Flag(Field.IsMuted, IsMuted)
        .Number(Field.DigitIndex, DigitIndex)
        .Text(Field.DigitsOnTheirWay, DigitsOnTheirWay?.Reveal())
        .Text(Field.Route, Route)
        .Finish();

    public static bool TryDecode(
        ReadOnlySpan<byte> content, [NotNullWhen(true)] out ResumeToken? token, out TokenError error)
    {
        token = null;
        if (!TokenFieldReader.TryRead(content, Version, out var fields, out error))
        {
            return false;
        }

        error = TokenError.Incomplete;
        if (fields.Text(Field.ContactId) is { Length: > 0 } contactId
            && fields.Text(Field.InstanceId) is { Length: > 0 } instanceId
            && fields.Text(Field.IntentId) is { Length: > 0 } intentId
            && fields.Secret(Field.ParticipantToken) is { } participantToken
            && fields.Text(Field.MeetingId) is { } meetingId
            && fields.Text(Field.AttendeeId) is { } attendeeId
            && fields.Secret(Field.JoinToken) is { } joinToken
            && fields.Text(Field.SignalingUrl) is { Length: > 0 } signalingUrl
            && fields.Text(Field.AudioHostUrl) is { } audioHostUrl
            && fields.Number32(Field.AudioSessionId) is { } audioSessionId)
        {
            error = TokenError.None;
            token = new ResumeToken
            {
                ContactId = contactId,
                InstanceId = instanceId,
                IntentId = intentId,
                ParticipantId = fields.Text(Field.ParticipantId) ?? "",
                ParticipantToken = participantToken,
                ConnectionToken = fields.Secret(Field.ConnectionToken),
                ConnectionExpiresAt = fields.Time(Field.ConnectionExpiresAt),
                MeetingId = meetingId,
                AttendeeId = attendeeId,
                JoinToken = joinToken,
                SignalingUrl = signalingUrl,
                AudioHostUrl = audioHostUrl,
                AudioFallbackUrl = fields.Text(Field.AudioFallbackUrl),
                MediaRegion = fields.Text(Field.MediaRegion) ?? "",
                AudioSessionId = audioSessionId,
                IsMuted = fields.Flag(Field.IsMuted),
                DigitIndex = fields.Number32(Field.DigitIndex, int.MaxValue) ?? 0,
                DigitsOnTheirWay = fields.Secret(Field.DigitsOnTheirWay),
                Route = fields.Text(Field.Route) ?? "",
            };
        }

        return token is not null;
    }

    // Numbers are never given to something else; a field that is not used any more leaves a gap.
    private static class Field
    {
        public const byte ContactId = 1;
        public const byte InstanceId = 2;
        public const byte IntentId = 3;
        public const byte ParticipantId = 4;
        public const byte ParticipantToken = 5;
        public const byte ConnectionToken = 6;
        public const byte ConnectionExpiresAt = 7;
        public const byte MeetingId = 8;
        public const byte AttendeeId = 9;
        public const byte JoinToken = 10;
        public const byte SignalingUrl = 11;
        public const byte AudioHostUrl = 12;
        public const byte AudioFallbackUrl = 13;
        public const byte MediaRegion = 14;
        public const byte AudioSessionId = 15;
        public const byte IsMuted = 16;
        public const byte DigitIndex = 17;
        public const byte DigitsOnTheirWay = 18;
        public const byte Route = 19;
    }
}
