using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>
/// Something plugged into a transit gateway. Ids <c>tgw-attachment/us-east-1/vpc</c>, <c>…/dxgw</c>,
/// <c>…/vpn-0</c>, <c>…/us-west-2</c> for the peering to that region, <c>…/cloud-wan</c>.
/// </summary>
public sealed record TransitGatewayAttachment : NetworkElement
{
    public required TransitGatewayAttachmentKind Kind { get; init; }

    public required string TransitGateway { get; init; }

    /// <summary>
    /// The id of the VPC, VPN connection, Direct Connect gateway, peering or core network.
    /// </summary>
    public required string Resource { get; init; }

    /// <summary>Of a VPC: one for each zone that is served.</summary>
    public required ImmutableArray<string> Subnets { get; init; }

    /// <summary>Of a VPC: whether a flow keeps to one zone, for stateful appliances.</summary>
    public required bool HasApplianceMode { get; init; }
}

/// <summary>What is plugged into a transit gateway.</summary>
public enum TransitGatewayAttachmentKind
{
    Vpc,
    Vpn,
    DirectConnect,

    /// <summary>Another transit gateway: static routes only.</summary>
    Peering,

    /// <summary>A Cloud WAN core network, which does exchange routes.</summary>
    CoreNetwork,
}
