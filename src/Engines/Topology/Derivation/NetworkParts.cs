namespace Farspan.Topology;

/// <summary>Elements as they come to be, list by list.</summary>
internal sealed class NetworkParts
{
    public List<Carrier> Carriers { get; } = [];

    public List<GoogleSubnet> GoogleSubnets { get; } = [];

    public List<CloudRouter> Routers { get; } = [];

    public List<RouterInterface> Interfaces { get; } = [];

    public List<BgpSession> Sessions { get; } = [];

    public List<Link> Links { get; } = [];

    public List<PartnerTransport> PartnerTransports { get; } = [];

    public List<Interconnect> Interconnects { get; } = [];

    public List<VlanAttachment> Attachments { get; } = [];

    public List<ColoRouter> ColoRouters { get; } = [];

    public List<HaVpnGateway> HaVpnGateways { get; } = [];

    public List<ExternalVpnGateway> ExternalVpnGateways { get; } = [];

    public List<CustomerGateway> CustomerGateways { get; } = [];

    public List<VpnConnection> VpnConnections { get; } = [];

    public List<VpnTunnel> Tunnels { get; } = [];

    public List<DirectConnectGateway> DirectConnectGateways { get; } = [];

    public List<DirectConnectConnection> Connections { get; } = [];

    public List<VirtualInterface> VirtualInterfaces { get; } = [];

    public List<TransitGateway> TransitGateways { get; } = [];

    public List<TransitGatewayAttachment> TransitAttachments { get; } = [];

    public List<TransitGatewayTable> TransitTables { get; } = [];

    public List<TransitGatewayPeering> Peerings { get; } = [];

    public CoreNetwork? CoreNetwork { get; set; }

    public List<AwsVpc> Vpcs { get; } = [];

    public List<AwsSubnet> AwsSubnets { get; } = [];

    public List<AwsRouteTable> RouteTables { get; } = [];

    public List<SecurityGroup> SecurityGroups { get; } = [];

    public List<NetworkAcl> NetworkAcls { get; } = [];

    public List<Edge> Edges { get; } = [];

    public List<LoadBalancer> LoadBalancers { get; } = [];

    public List<ExternalAddress> Addresses { get; } = [];

    public List<HealthCheck> HealthChecks { get; } = [];

    public List<Connector> Connectors { get; } = [];

    public List<ConnectInstance> ConnectInstances { get; } = [];
}
