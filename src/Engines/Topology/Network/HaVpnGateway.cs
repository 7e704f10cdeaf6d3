namespace Farspan.Topology;

/// <summary>Google's HA VPN gateway, with two interfaces. Id <c>vpn-gateway/us-east4</c>.</summary>
public sealed record HaVpnGateway : NetworkElement
{
    public required string GoogleRegion { get; init; }

    /// <summary>1 or 2, as far as tunnels use them.</summary>
    public required int InterfaceCount { get; init; }
}
