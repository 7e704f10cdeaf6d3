namespace Farspan.Simulation;

/// <summary>What sort of thing can fail.</summary>
public enum ElementKind
{
    Carrier,
    LoadBalancer,
    Edge,
    CloudRouter,

    /// <summary>A whole path between the clouds over an interconnect.</summary>
    Link,

    /// <summary>A whole path between the clouds over the Internet.</summary>
    Tunnel,

    /// <summary>A port, or a bundle of links: what several paths may share.</summary>
    Port,

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
