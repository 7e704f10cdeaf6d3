using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>
/// An AWS Cloud WAN core network that joins the transit gateways. Id <c>core-network/main</c>.
/// </summary>
public sealed record CoreNetwork : NetworkElement
{
    public required ImmutableArray<CoreNetworkEdge> Edges { get; init; }
}
