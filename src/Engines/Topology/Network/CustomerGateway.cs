namespace Farspan.Topology;

/// <summary>
/// What AWS knows of one interface of Google's HA VPN gateway. Id <c>cgw/us-east-1/0</c>.
/// </summary>
public sealed record CustomerGateway : NetworkElement
{
    public required uint Asn { get; init; }

    /// <summary>The gateway, and which of its interfaces.</summary>
    public required string HaVpnGateway { get; init; }

    public required int Interface { get; init; }
}
