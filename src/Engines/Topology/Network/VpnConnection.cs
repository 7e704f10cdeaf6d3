using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>A VPN attachment of a transit gateway: two tunnels. Id <c>vpn/us-east-1/0</c>.</summary>
public sealed record VpnConnection : NetworkElement
{
    public required string TransitGateway { get; init; }

    public required string CustomerGateway { get; init; }

    /// <summary>Whether routes are static instead of learned by BGP.</summary>
    public required bool IsStatic { get; init; }

    /// <summary>One or two, in AWS's order.</summary>
    public required ImmutableArray<string> Tunnels { get; init; }
}
