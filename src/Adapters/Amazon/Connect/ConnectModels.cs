using System.Text.Json.Serialization;

namespace Farspan.Amazon;

// The shapes of the API models, names as on the wire; null means absent.
internal sealed record StartWebRtcContactBody
{
    public required string InstanceId { get; init; }

    public required string ContactFlowId { get; init; }

    public required ParticipantDetailsBody ParticipantDetails { get; init; }

    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    public required string ClientToken { get; init; }

    public string? RelatedContactId { get; init; }

    public string? Description { get; init; }
}

internal sealed record ParticipantDetailsBody(string DisplayName);

internal sealed record StartWebRtcContactAnswer
{
    public string? ContactId { get; init; }

    public string? ParticipantId { get; init; }

    public string? ParticipantToken { get; init; }

    public ConnectionDataBody? ConnectionData { get; init; }
}

internal sealed record ConnectionDataBody(AttendeeBody? Attendee, MeetingBody? Meeting);

internal sealed record AttendeeBody(string? AttendeeId, string? JoinToken);

internal sealed record MeetingBody(
    string? MeetingId, string? MediaRegion, MediaPlacementBody? MediaPlacement);

internal sealed record MediaPlacementBody(
    string? AudioHostUrl, string? AudioFallbackUrl, string? SignalingUrl, string? TurnControlUrl);

internal sealed record StopContactBody(string ContactId, string InstanceId);

internal sealed record UpdateContactAttributesBody(
    string InitialContactId, string InstanceId, IReadOnlyDictionary<string, string> Attributes);

internal sealed record CreateConnectionBody(IReadOnlyList<string> Type, bool? ConnectParticipant);

internal sealed record CreateConnectionAnswer(ConnectionCredentialsBody? ConnectionCredentials);

internal sealed record ConnectionCredentialsBody(string? ConnectionToken, DateTimeOffset? Expiry);

internal sealed record SendMessageBody(string ContentType, string Content, string ClientToken);

internal sealed record SendMessageAnswer(string? Id);

internal sealed record DisconnectBody(string ClientToken);

internal sealed record EmptyAnswer;

/// <summary>An error in any of the spellings that AWS services use.</summary>
internal sealed record ErrorBody
{
    [JsonPropertyName("__type")]
    public string? Type { get; init; }

    public string? Code { get; init; }

    public string? Message { get; init; }
}
