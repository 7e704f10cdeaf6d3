namespace Farspan.Topology;

/// <summary>An Amazon Connect instance.</summary>
public sealed record InstanceModel
{
    /// <summary>What routes call it.</summary>
    public required string Name { get; init; }

    /// <summary>What AWS calls it.</summary>
    public required string InstanceId { get; init; }

    public required string Region { get; init; }

    /// <summary>Instances of the same account and region share one rate of starts.</summary>
    public required string Account { get; init; }

    /// <summary>Another address of the Connect API, such as an emulator's; null: the region's own.</summary>
    public required Uri? Endpoint { get; init; }

    /// <summary>The same for the Connect Participant API.</summary>
    public required Uri? ParticipantEndpoint { get; init; }

    /// <summary>
    /// A PEM file of the authorities to trust instead of the machine's; null: the machine's.
    /// </summary>
    public required string? TrustedCertificatesPath { get; init; }

    public required CredentialsModel Credentials { get; init; }

    public required QuotaModel Quota { get; init; }

    /// <summary>The flow of routes that name none; null: each route must.</summary>
    public required string? ContactFlowId { get; init; }
}
