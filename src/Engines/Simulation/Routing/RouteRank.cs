namespace Farspan.Simulation;

/// <summary>
/// What a table asks first of two routes to the same prefix, the better one smaller: where they come from. The
/// order is the transit gateway's (AWS: how transit gateways work, route evaluation order).
/// </summary>
public enum RouteRank
{
    /// <summary>The table delivers by itself: subnets, a VPC's own range.</summary>
    Local = 0,
    Static = 10,
    PrefixList = 20,
    Vpc = 30,
    DirectConnect = 40,
    Connect = 50,
    PrivateVpn = 60,
    Vpn = 70,

    /// <summary>Learned dynamically over a peering: Cloud WAN.</summary>
    Peering = 80,
}
