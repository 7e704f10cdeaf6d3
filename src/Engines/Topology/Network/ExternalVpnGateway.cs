namespace Farspan.Topology;

/// <summary>What Google knows of AWS's VPN endpoints. Id <c>peer-vpn-gateway/us-east4</c>.</summary>
public sealed record ExternalVpnGateway : NetworkElement
{
    /// <summary>1, 2 or 4; two VPN connections have four endpoints.</summary>
    public required int InterfaceCount { get; init; }
}
