namespace Farspan.Calls;

/// <summary>A contact to be started (Amazon Connect API Reference, StartWebRTCContact).</summary>
public sealed record StartContactRequest
{
    public required string InstanceId { get; init; }

    public required string ContactFlowId { get; init; }

    /// <summary>What the agent sees as the customer's name.</summary>
    public required string DisplayName { get; init; }

    /// <summary>
    /// Makes a repeated request harmless for <see cref="ConnectLimits.ClientTokenLifetime"/>: derived from
    /// the call, never drawn anew for a retry.
    /// </summary>
    public required string ClientToken { get; init; }

    public ContactAttributes Attributes { get; init; } = new();

    /// <summary>The contact that this one continues; null for a first one.</summary>
    public string? RelatedContactId { get; init; }

    public string? Description { get; init; }

    /// <summary>
    /// Who may give the contact to another node, and is asked about it after a crash; not told to Connect. Null:
    /// nobody.
    /// </summary>
    public ContactSharing? SharedWith { get; init; }
}
