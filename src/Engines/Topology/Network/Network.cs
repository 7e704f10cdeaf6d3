using System.Collections.Immutable;
using System.Net;

namespace Farspan.Topology;

/// <summary>
/// The whole network that <c>farspan.yaml</c> describes, everything derived filled in: what the rules judge,
/// Terraform is rendered from, and failures are simulated on. Elements are flat lists in the order of the
/// file; they name one another by <see cref="NetworkElement.Id"/>, and every name leads somewhere.
/// </summary>
public sealed record Network
{
    /// <summary>The cluster's name.</summary>
    public required string Name { get; init; }

    /// <summary>The file as a whole, for findings that belong nowhere else.</summary>
    public required Origin Origin { get; init; }

    /// <summary>The account everything of AWS is in; empty: not said.</summary>
    public required string AwsAccount { get; init; }

    /// <summary>All the network's addresses.</summary>
    public required IPNetwork AddressPool { get; init; }

    public required ImmutableArray<Region> Regions { get; init; }

    public required ImmutableArray<Carrier> Carriers { get; init; }

    public required GoogleNetwork GoogleNetwork { get; init; }

    public required ImmutableArray<GoogleSubnet> GoogleSubnets { get; init; }

    public required ImmutableArray<GoogleFirewallRule> GoogleFirewall { get; init; }

    public required ImmutableArray<CloudRouter> Routers { get; init; }

    public required ImmutableArray<RouterInterface> Interfaces { get; init; }

    public required ImmutableArray<BgpSession> Sessions { get; init; }

    public required ImmutableArray<Link> Links { get; init; }

    public required ImmutableArray<PartnerTransport> PartnerTransports { get; init; }

    public required ImmutableArray<Interconnect> Interconnects { get; init; }

    public required ImmutableArray<VlanAttachment> Attachments { get; init; }

    public required ImmutableArray<ColoRouter> ColoRouters { get; init; }

    public required ImmutableArray<HaVpnGateway> HaVpnGateways { get; init; }

    public required ImmutableArray<ExternalVpnGateway> ExternalVpnGateways { get; init; }

    public required ImmutableArray<CustomerGateway> CustomerGateways { get; init; }

    public required ImmutableArray<VpnConnection> VpnConnections { get; init; }

    public required ImmutableArray<VpnTunnel> Tunnels { get; init; }

    public required ImmutableArray<DirectConnectGateway> DirectConnectGateways { get; init; }

    public required ImmutableArray<DirectConnectConnection> Connections { get; init; }

    public required ImmutableArray<VirtualInterface> VirtualInterfaces { get; init; }

    public required ImmutableArray<TransitGateway> TransitGateways { get; init; }

    public required ImmutableArray<TransitGatewayAttachment> TransitAttachments { get; init; }

    public required ImmutableArray<TransitGatewayTable> TransitTables { get; init; }

    public required ImmutableArray<TransitGatewayPeering> Peerings { get; init; }

    /// <summary>Null: the transit gateways are joined by peerings, or not at all.</summary>
    public required CoreNetwork? CoreNetwork { get; init; }

    public required ImmutableArray<AwsVpc> Vpcs { get; init; }

    public required ImmutableArray<AwsSubnet> AwsSubnets { get; init; }

    public required ImmutableArray<AwsRouteTable> RouteTables { get; init; }

    public required ImmutableArray<SecurityGroup> SecurityGroups { get; init; }

    public required ImmutableArray<NetworkAcl> NetworkAcls { get; init; }

    public required ImmutableArray<Edge> Edges { get; init; }

    public required ImmutableArray<LoadBalancer> LoadBalancers { get; init; }

    public required ImmutableArray<ExternalAddress> Addresses { get; init; }

    public required ImmutableArray<HealthCheck> HealthChecks { get; init; }

    public required ImmutableArray<Connector> Connectors { get; init; }

    public required ImmutableArray<ConnectInstance> ConnectInstances { get; init; }

    /// <summary>Null: carriers are given addresses.</summary>
    public required DnsZone? Dns { get; init; }

    public required Monitoring Monitoring { get; init; }

    public required Management Management { get; init; }

    public required Policies Policies { get; init; }

    public required ImmutableArray<Objective> Objectives { get; init; }

    /// <summary>Everything that has an id, in the order of the lists above.</summary>
    public IEnumerable<NetworkElement> Elements => NetworkElements.Of(this);
}
