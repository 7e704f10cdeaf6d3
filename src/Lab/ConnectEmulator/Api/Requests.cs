namespace Farspan.ConnectEmulator;

/// <summary>The request of StartWebRTCContact; null where the caller left a member out.</summary>
public sealed record StartWebRtcContactRequest
{
    public string? InstanceId { get; init; }

    public string? ContactFlowId { get; init; }

    public ParticipantDetails? ParticipantDetails { get; init; }

    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    public string? ClientToken { get; init; }

    public string? RelatedContactId { get; init; }

    public string? Description { get; init; }
}

/// <summary>Who takes part: the name of a customer, or the role of a further participant.</summary>
public sealed record ParticipantDetails
{
    public string? DisplayName { get; init; }

    public string? ParticipantRole { get; init; }
}

/// <summary>The request of StopContact.</summary>
public sealed record StopContactRequest
{
    public string? InstanceId { get; init; }

    public string? ContactId { get; init; }
}

/// <summary>The request of UpdateContactAttributes.</summary>
public sealed record UpdateContactAttributesRequest
{
    public string? InstanceId { get; init; }

    public string? InitialContactId { get; init; }

    public IReadOnlyDictionary<string, string>? Attributes { get; init; }
}

/// <summary>The request of CreateParticipant.</summary>
public sealed record CreateParticipantRequest
{
    public string? InstanceId { get; init; }

    public string? ContactId { get; init; }

    public string? ClientToken { get; init; }

    public ParticipantDetails? ParticipantDetails { get; init; }
}

/// <summary>The request of CreateParticipantConnection.</summary>
public sealed record CreateParticipantConnectionRequest
{
    /// <summary>Of WEBSOCKET, CONNECTION_CREDENTIALS and WEBRTC_CONNECTION.</summary>
    public IReadOnlyList<string>? Type { get; init; }
}

/// <summary>The request of SendMessage.</summary>
public sealed record SendMessageRequest
{
    public string? ContentType { get; init; }

    public string? Content { get; init; }

    public string? ClientToken { get; init; }
}
