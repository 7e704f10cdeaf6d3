namespace Farspan.Topology;

/// <summary>Walks over everything in a network that has an id.</summary>
internal static class NetworkElements
{
    public static IEnumerable<NetworkElement> Of(Network network)
    {
        var lists = new IEnumerable<NetworkElement>[]
        {
            network.Regions, network.Carriers, [network.GoogleNetwork], network.GoogleSubnets,
            network.GoogleFirewall, network.Routers, network.Interfaces, network.Sessions, network.Links,
            network.PartnerTransports, network.Interconnects, network.Attachments, network.ColoRouters,
            network.HaVpnGateways, network.ExternalVpnGateways, network.CustomerGateways,
            network.VpnConnections, network.Tunnels, network.DirectConnectGateways, network.Connections,
            network.VirtualInterfaces, network.TransitGateways, network.TransitAttachments,
            network.TransitTables, network.TransitTables.SelectMany(table => table.StaticRoutes),
            network.Peerings, Optional(network.CoreNetwork), network.Vpcs, network.AwsSubnets,
            network.RouteTables, network.SecurityGroups, network.NetworkAcls, network.Edges,
            network.LoadBalancers, network.LoadBalancers.SelectMany(balancer => balancer.ForwardingRules),
            network.Addresses, network.HealthChecks, network.Connectors, network.ConnectInstances,
            Optional(network.Dns), network.Dns?.Records ?? [], network.Objectives,
        };
        return lists.SelectMany(list => list);
    }

    private static IEnumerable<NetworkElement> Optional(NetworkElement? element) =>
        element is null ? [] : [element];
}
