namespace Farspan.Topology;

/// <summary>Tables of AWS's half.</summary>
internal static class AwsTables
{
    public static IEnumerable<ListedTable> Of(Network network) => Gateways(network).Concat(Vpcs(network));

    private static IEnumerable<ListedTable> Gateways(Network network)
    {
        yield return new TableOf<DirectConnectConnection>("Direct Connect", network.Connections)
            .With("awsLocation", connection => connection.Location)
            .With("bandwidth", connection => connection.BandwidthMbps)
            .With("hosted", connection => connection.IsHosted).Make();
        yield return new TableOf<VirtualInterface>("Virtual interfaces", network.VirtualInterfaces)
            .With("awsVlan", vif => vif.Vlan)
            .With("interfaceMtu", vif => vif.Mtu)
            .With("awsAddress", vif => vif.AmazonAddress)
            .With("googleAddress", vif => vif.CustomerAddress).Make();
        yield return new TableOf<DirectConnectGateway>(
                "Direct Connect gateways", network.DirectConnectGateways)
            .With("asn", gateway => gateway.Asn)
            .With("allowedPrefixes", gateway =>
                gateway.Associations.SelectMany(association => association.AllowedPrefixes)).Make();
        yield return new TableOf<TransitGateway>("Transit gateways", network.TransitGateways)
            .With("asn", gateway => gateway.Asn)
            .With("cidrs", gateway => gateway.Cidrs)
            .With("vpnEcmp", gateway => gateway.HasVpnEcmp).Make();
        yield return new TableOf<TransitGatewayAttachment>(
                "Transit gateway attachments", network.TransitAttachments)
            .With("kind", attachment => attachment.Kind)
            .With("resource", attachment => attachment.Resource)
            .With("attachmentSubnets", attachment => attachment.Subnets.Select(ShortName)).Make();
        yield return new TableOf<TransitGatewayTable>("Transit gateway tables", network.TransitTables)
            .With("associations", table => table.Associations.Select(ShortName))
            .With("propagations", table => table.Propagations.Select(ShortName))
            .With("routes", table => table.StaticRoutes.Select(route =>
                $"{route.Prefix} → {ShortName(route.Attachment ?? TransitRouteSchema.Blackhole)}")).Make();
        yield return new TableOf<TransitGatewayPeering>("Peerings", network.Peerings)
            .With("fallback", peering => peering.Fallback)
            .With("accepterRegion", peering => peering.AccepterRegion)
            .With("accepted", peering => peering.IsAccepted).Make();
    }

    private static IEnumerable<ListedTable> Vpcs(Network network)
    {
        yield return new TableOf<AwsVpc>("VPCs", network.Vpcs)
            .With("awsRange", vpc => vpc.Range)
            .With("flowLogs", vpc => vpc.HasFlowLogs).Make();
        yield return new TableOf<AwsSubnet>("Subnets in AWS", network.AwsSubnets)
            .With("zone", subnet => subnet.Zone)
            .With("range", subnet => subnet.Range)
            .With("purpose", subnet => subnet.Purpose).Make();
        yield return new TableOf<AwsRouteTable>("Route tables", network.RouteTables)
            .With("transitRoutes", table => table.Routes.Select(route =>
                $"{route.Prefix} → {Texts.Of(route.Target)}")).Make();
        yield return new TableOf<SecurityGroup>("Security groups", network.SecurityGroups)
            .With("securityGroup", group => group.Rules.Select(Line)).Make();
        yield return new TableOf<NetworkAcl>("Network ACLs", network.NetworkAcls)
            .With("networkAcl", acl => acl.Rules.Select(Line)).Make();
    }

    private static string Line(FilterRule rule) =>
        $"{Texts.Of(rule.Direction)} {rule.Protocol} {Texts.Of(rule.Ports)}".TrimEnd();

    private static string ShortName(string id) => id[(id.LastIndexOf('/') + 1)..];
}
