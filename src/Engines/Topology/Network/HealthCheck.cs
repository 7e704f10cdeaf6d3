namespace Farspan.Topology;

/// <summary>How a load balancer asks its backends. Id <c>health-check/us-east4</c>.</summary>
public sealed record HealthCheck : NetworkElement
{
    /// <summary>Empty for a global one.</summary>
    public required string GoogleRegion { get; init; }

    public required CloudScope Scope { get; init; }

    public required HealthCheckKind Kind { get; init; }

    public required int Port { get; init; }

    /// <summary>Of HTTP; empty for the others.</summary>
    public required string RequestPath { get; init; }

    public required TimeSpan Interval { get; init; }

    public required TimeSpan Timeout { get; init; }

    public required int HealthyThreshold { get; init; }

    public required int UnhealthyThreshold { get; init; }
}

/// <summary>What a health check speaks.</summary>
public enum HealthCheckKind
{
    Http,
    Https,
    Tcp,
    Ssl,
    Grpc,
}
