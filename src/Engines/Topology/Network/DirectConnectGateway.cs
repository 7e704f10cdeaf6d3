using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>A Direct Connect gateway. Id <c>dxgw/east</c>.</summary>
public sealed record DirectConnectGateway : NetworkElement
{
    public required uint Asn { get; init; }

    public required ImmutableArray<DirectConnectAssociation> Associations { get; init; }

    /// <summary>
    /// Whether it serves a virtual private gateway besides, which excludes transit gateways.
    /// </summary>
    public required bool HasPrivateInterface { get; init; }

    /// <summary>Whether the design counts on traffic from one virtual interface to another one.</summary>
    public required bool HasSiteLink { get; init; }

    /// <summary>Whether the design counts on traffic from one transit gateway to another one.</summary>
    public required bool ExpectsTransit { get; init; }
}
