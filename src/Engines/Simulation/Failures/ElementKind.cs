namespace Farspan.Simulation;

/// <summary>What sort of thing can fail.</summary>
public enum ElementKind
{
    Carrier,
    LoadBalancer,
    Edge,
    CloudRouter,

    /// <summary>A port, a cross-connect, a VLAN attachment, a tunnel: what packets pass between the clouds.</summary>
    Link,

    /// <summary>A BGP session without its link.</summary>
    Session,
    VpnGateway,
    SiteRouter,
    DirectConnectGateway,
    TransitGateway,

    /// <summary>The attachment of a VPC, of a gateway or of a VPN to a transit gateway.</summary>
    Attachment,
    Peering,
    CoreNetwork,
    Connector,
    ConnectInstance,
    Dns,
    Controller,
}
