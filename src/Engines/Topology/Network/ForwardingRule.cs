using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>An address and ports of a load balancer. Id <c>forwarding-rule/us-east4/udp</c>.</summary>
public sealed record ForwardingRule : NetworkElement
{
    /// <summary><c>L3_DEFAULT</c>, <c>UDP</c> or <c>TCP</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>Empty with <see cref="HasAllPorts"/>.</summary>
    public required ImmutableArray<int> Ports { get; init; }

    public required bool HasAllPorts { get; init; }

    /// <summary>The id of the static address.</summary>
    public required string Address { get; init; }
}
