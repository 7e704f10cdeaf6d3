using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>The load balancer before a region's edges. Id <c>lb/us-east4</c>.</summary>
public sealed record LoadBalancer : NetworkElement
{
    /// <summary>Empty for a global one.</summary>
    public required string GoogleRegion { get; init; }

    public required CloudScope Scope { get; init; }

    public required LoadBalancerProtocol Protocol { get; init; }

    /// <summary>The ids of edges or connectors; a connector is outside of Google Cloud.</summary>
    public required ImmutableArray<string> Backends { get; init; }

    /// <summary>Backends that are used when too few others are left; of the same region only.</summary>
    public required ImmutableArray<string> FailoverBackends { get; init; }

    public required string HealthCheck { get; init; }

    /// <summary>Such as <c>NONE</c> or <c>CLIENT_IP</c>.</summary>
    public required string SessionAffinity { get; init; }

    /// <summary>Such as <c>NEVER_PERSIST</c> or <c>DEFAULT_FOR_PROTOCOL</c>.</summary>
    public required string ConnectionPersistence { get; init; }

    /// <summary>Whether traffic is dropped, rather than spread, when nothing is healthy.</summary>
    public required bool DropsWhenUnhealthy { get; init; }

    /// <summary>How long connections may end before an instance leaves.</summary>
    public required TimeSpan DrainTimeout { get; init; }

    /// <summary>After this long without packets a flow may go elsewhere.</summary>
    public required TimeSpan IdleTimeout { get; init; }

    public required ImmutableArray<ForwardingRule> ForwardingRules { get; init; }
}

/// <summary>Whether a thing of Google Cloud belongs to a region.</summary>
public enum CloudScope
{
    Regional,
    Global,
}

/// <summary>What a backend service carries.</summary>
public enum LoadBalancerProtocol
{
    /// <summary>Whatever the forwarding rules let through: UNSPECIFIED.</summary>
    Any,
    Udp,
    Tcp,
}
