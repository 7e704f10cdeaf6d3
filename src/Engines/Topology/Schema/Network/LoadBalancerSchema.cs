using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>The keys of an edge's <c>loadBalancer</c>.</summary>
internal static class LoadBalancerSchema
{
    public static readonly Setting<CloudScope> Scope = Setting.Defaulting(
        "scope", ValueKinds.Word(("regional", CloudScope.Regional), ("global", CloudScope.Global)),
        CloudScope.Regional, "Global ones are proxies and carry no UDP.");

    public static readonly Setting<LoadBalancerProtocol> Protocol = Setting.Defaulting(
        "protocol",
        ValueKinds.Word(
            ("any", LoadBalancerProtocol.Any), ("udp", LoadBalancerProtocol.Udp),
            ("tcp", LoadBalancerProtocol.Tcp)),
        LoadBalancerProtocol.Any, "What it carries.");

    public static readonly Setting<ImmutableArray<int>> Ports = Setting.Optional(
        "ports", ValueKinds.NonEmptyListOf(ValueKinds.Integer(1, 65_535, "5060")),
        "all, so that fragments of UDP arrive", "What is let through.");

    public static readonly Setting<LoadBalancerBackends> Backends = Setting.Defaulting(
        "backends",
        ValueKinds.Word(
            ("edges", LoadBalancerBackends.Edges), ("connectors", LoadBalancerBackends.Connectors)),
        LoadBalancerBackends.Edges, "What is behind it; connectors are in AWS.");

    public static readonly Setting<string> FailoverRegion = Setting.Optional(
        "failoverRegion", ValueKinds.ReferenceTo("region"), "none", "The region whose edges are the backup.");

    public static readonly Setting<string> SessionAffinity = Setting.Defaulting(
        "sessionAffinity",
        ValueKinds.Word(
            ("client-ip", "CLIENT_IP"), ("none", "NONE"), ("client-ip-protocol", "CLIENT_IP_PROTO"),
            ("client-ip-port-protocol", "CLIENT_IP_PORT_PROTO")),
        "CLIENT_IP", "What keeps packets together on one instance.");

    public static readonly Setting<string> ConnectionPersistence = Setting.Defaulting(
        "connectionPersistence",
        ValueKinds.Word(
            ("never", "NEVER_PERSIST"), ("default", "DEFAULT_FOR_PROTOCOL"), ("always", "ALWAYS_PERSIST")),
        "NEVER_PERSIST", "Whether connections stay on an instance that has failed.");

    public static readonly Setting<bool> DropsWhenUnhealthy = Setting.Defaulting(
        "dropsWhenUnhealthy", ValueKinds.Flag, true,
        "Whether traffic is dropped when no instance is healthy.");

    public static readonly Setting<TimeSpan> DrainTimeout = Setting.Defaulting(
        "drainTimeout", DurationKind.Between(TimeSpan.Zero, TimeSpan.FromHours(1)), TimeSpan.FromMinutes(5),
        "How long connections may end before an instance leaves.");

    public static readonly Setting<TimeSpan> IdleTimeout = Setting.Defaulting(
        "idleTimeout", DurationKind.Between(TimeSpan.FromSeconds(1), TimeSpan.FromHours(16)),
        TimeSpan.FromMinutes(1), "After this long without packets a flow may go elsewhere.");

    public static readonly Setting<Written> HealthCheck = WrittenSection.Optional(
        "healthCheck", HealthCheckSchema.Section, "see below");

    public static Section<Written> Section { get; } = WrittenSection.Of(
        "The load balancer before the edges.",
        Scope, Protocol, Ports, Backends, FailoverRegion, SessionAffinity, ConnectionPersistence,
        DropsWhenUnhealthy, DrainTimeout, IdleTimeout, HealthCheck);
}

/// <summary>What is behind a load balancer.</summary>
internal enum LoadBalancerBackends
{
    Edges,
    Connectors,
}
