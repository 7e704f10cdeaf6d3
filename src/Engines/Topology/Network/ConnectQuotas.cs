namespace Farspan.Topology;

/// <summary>What AWS Service Quotas grants an instance.</summary>
public sealed record ConnectQuotas
{
    /// <summary>Active calls.</summary>
    public required int ConcurrentCalls { get; init; }

    /// <summary>Sustained rate of StartWebRTCContact.</summary>
    public required double StartsPerSecond { get; init; }

    /// <summary>Starts at once after a quiet time.</summary>
    public required int StartBurst { get; init; }

    public required int Queues { get; init; }

    public required int Flows { get; init; }

    public required int Users { get; init; }

    public required int PhoneNumbers { get; init; }

    public required int RoutingProfiles { get; init; }
}
