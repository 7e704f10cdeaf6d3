using System.Net;

namespace Farspan.Topology;

/// <summary>
/// A subnet of a VPC. Ids <c>subnet/us-east-1/connector-a</c>, <c>…/transit-a</c>, <c>…/public-a</c>.
/// </summary>
public sealed record AwsSubnet : NetworkElement
{
    public required string Vpc { get; init; }

    /// <summary>Such as <c>us-east-1a</c>.</summary>
    public required string Zone { get; init; }

    public required IPNetwork Range { get; init; }

    public required AwsSubnetPurpose Purpose { get; init; }

    public required string RouteTable { get; init; }

    /// <summary>Empty: the VPC's own, which lets everything through.</summary>
    public required string NetworkAcl { get; init; }
}

/// <summary>What a subnet is for.</summary>
public enum AwsSubnetPurpose
{
    Connector,

    /// <summary>The transit gateway's own interfaces, and nothing else.</summary>
    TransitAttachment,

    /// <summary>NAT gateways, on the way to Amazon Connect.</summary>
    Public,
}
