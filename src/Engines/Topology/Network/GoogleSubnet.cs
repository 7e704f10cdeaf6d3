using System.Net;

namespace Farspan.Topology;

/// <summary>A subnet of the VPC network. Id <c>subnet/us-east4/edge</c>.</summary>
public sealed record GoogleSubnet : NetworkElement
{
    public required string GoogleRegion { get; init; }

    public required IPNetwork Range { get; init; }

    public required GoogleSubnetPurpose Purpose { get; init; }

    public required bool HasFlowLogs { get; init; }
}

/// <summary>What a subnet is for.</summary>
public enum GoogleSubnetPurpose
{
    Workload,

    /// <summary>Google's own proxies take their addresses from it.</summary>
    ProxyOnly,
}
