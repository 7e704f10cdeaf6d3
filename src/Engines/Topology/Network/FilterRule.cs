using System.Collections.Immutable;
using System.Net;

namespace Farspan.Topology;

/// <summary>A line of a firewall, security group or network ACL.</summary>
public sealed record FilterRule
{
    public required FilterDirection Direction { get; init; }

    public required bool IsAllowed { get; init; }

    /// <summary><c>udp</c>, <c>tcp</c>, <c>icmp</c>, <c>esp</c>, or <c>all</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>Destination ports; null: all, or the protocol has none.</summary>
    public required PortSpan? Ports { get; init; }

    /// <summary>The other side: sources of what comes in, destinations of what goes out.</summary>
    public required ImmutableArray<IPNetwork> Peers { get; init; }

    /// <summary>Why it is there.</summary>
    public required string Purpose { get; init; }

    /// <summary>
    /// Network ACLs and Google's firewall look at small numbers first; 0 in security groups.
    /// </summary>
    public required int Priority { get; init; }
}

/// <summary>Which way a filtered packet goes.</summary>
public enum FilterDirection
{
    Ingress,
    Egress,
}
