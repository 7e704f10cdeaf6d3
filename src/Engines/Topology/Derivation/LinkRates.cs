namespace Farspan.Topology;

/// <summary>What links carry when nobody says otherwise.</summary>
internal static class LinkRates
{
    /// <summary>The smallest port of an interconnect.</summary>
    public const int PortMbps = 10_000;

    /// <summary>One tunnel of an AWS VPN connection.</summary>
    public const int TunnelMbps = 1_250;

    public const int EthernetMtu = 1_500;

    /// <summary>Google's 1460 bytes without the headers of ESP in UDP (RFC 3948 §2.1).</summary>
    public const int TunnelMtu = 1_396;

    public const int TransitGatewayMtu = 8_500;

    /// <summary>Google's own number on interconnects that it runs.</summary>
    public const uint GoogleAsn = 16_550;
}
