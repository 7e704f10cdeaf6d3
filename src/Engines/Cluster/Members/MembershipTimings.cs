namespace Farspan.Cluster;

/// <summary>How often nodes register, and what silence means.</summary>
public sealed record MembershipTimings
{
    /// <summary>Between two registrations of a node.</summary>
    public TimeSpan RegisterEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Five registrations, and a partition that heals at once.</summary>
    public TimeSpan AbsentAfter { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>From then on it is not listed.</summary>
    public TimeSpan ForgottenAfter { get; init; } = ReplicaRows.NodeLifetime;
}
