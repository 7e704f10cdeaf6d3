using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>An Amazon Connect instance. Id <c>connect/us-east-1</c>.</summary>
public sealed record ConnectInstance : NetworkElement
{
    public required string AwsRegion { get; init; }

    /// <summary>The first label of its <c>.my.connect.aws</c> address; unique in the world.</summary>
    public required string Alias { get; init; }

    /// <summary>What AWS calls it; null: it is yet to be made.</summary>
    public required string? InstanceId { get; init; }

    public required ConnectIdentity Identity { get; init; }

    /// <summary>The flow that new calls enter; one of <see cref="Flows"/>.</summary>
    public required string EntryFlow { get; init; }

    public required ImmutableArray<ConnectFlow> Flows { get; init; }

    public required ImmutableArray<ConnectHours> Hours { get; init; }

    public required ImmutableArray<ConnectQueue> Queues { get; init; }

    public required ImmutableArray<ConnectRoutingProfile> RoutingProfiles { get; init; }

    /// <summary>Names of Lambda functions and Lex bots that flows use.</summary>
    public required ImmutableArray<string> Functions { get; init; }

    public required ConnectQuotas Quotas { get; init; }

    /// <summary>Agents who can log in here in the busiest hour.</summary>
    public required int Agents { get; init; }

    /// <summary>Percent of Global Resiliency's traffic distribution; null: it is not used.</summary>
    public required int? Distribution { get; init; }

    /// <summary>Claimed telephone numbers of Amazon's own; carriers' numbers are not among them.</summary>
    public required ImmutableArray<string> PhoneNumbers { get; init; }

    /// <summary>Attributes that every contact gets, in bytes at most.</summary>
    public required int AttributeBytesMax { get; init; }
}

/// <summary>Who knows the agents of an instance.</summary>
public enum ConnectIdentity
{
    Managed,
    Saml,
    Directory,
}
