namespace Farspan.Topology;

/// <summary>
/// Makes the whole network of what is written of it, step by step: the regions' addresses, Google's half,
/// AWS's half, the links between them, what runs on top, and how it is watched. Takes any values; only what
/// leaves no network at all is reported here, everything else is for the rules to judge.
/// </summary>
internal static class NetworkDerivation
{
    public static Network Derive(WrittenNetwork written)
    {
        var plan = new NetworkPlan(written);
        var parts = new NetworkParts();
        GoogleDerivation.Add(plan, parts);
        AwsDerivation.Add(plan, parts);
        foreach (var region in plan.Regions)
        {
            LinkDerivation.Add(plan, region, parts);
        }

        TransitDerivation.Add(plan, parts);
        EdgeDerivation.Add(plan, parts);
        ConnectorDerivation.Add(plan, parts);
        CarrierDerivation.Add(plan, parts);
        var network = Assemble(plan, parts);
        if (!written.File.Context.HasErrors)
        {
            ReportTwins(network, written.File.Context);
        }

        return network;
    }

    private static Network Assemble(NetworkPlan plan, NetworkParts parts) => new()
    {
        Name = plan.Written.Cluster,
        Origin = new Origin(plan.Written.File.Node, ""),
        AwsAccount = plan.Written.Aws.Find(AwsSchema.Account) ?? "",
        AddressPool = plan.Pool,
        Regions = [.. plan.Regions.Select(region => region.Element)],
        Carriers = [.. parts.Carriers],
        GoogleNetwork = GoogleDerivation.NetworkOf(plan),
        GoogleSubnets = [.. parts.GoogleSubnets],
        GoogleFirewall = [.. GoogleFirewallDerivation.RulesOf(plan, parts)],
        Routers = [.. parts.Routers],
        Interfaces = [.. parts.Interfaces],
        Sessions = [.. parts.Sessions],
        Links = [.. parts.Links],
        PartnerTransports = [.. parts.PartnerTransports],
        Interconnects = [.. parts.Interconnects],
        Attachments = [.. parts.Attachments],
        ColoRouters = [.. parts.ColoRouters],
        HaVpnGateways = [.. parts.HaVpnGateways],
        ExternalVpnGateways = [.. parts.ExternalVpnGateways],
        CustomerGateways = [.. parts.CustomerGateways],
        VpnConnections = [.. parts.VpnConnections],
        Tunnels = [.. parts.Tunnels],
        DirectConnectGateways = [.. parts.DirectConnectGateways],
        Connections = [.. parts.Connections],
        VirtualInterfaces = [.. parts.VirtualInterfaces],
        TransitGateways = [.. parts.TransitGateways],
        TransitAttachments = [.. parts.TransitAttachments],
        TransitTables = [.. parts.TransitTables],
        Peerings = [.. parts.Peerings],
        CoreNetwork = parts.CoreNetwork,
        Vpcs = [.. parts.Vpcs],
        AwsSubnets = [.. parts.AwsSubnets],
        RouteTables = [.. parts.RouteTables],
        SecurityGroups = [.. parts.SecurityGroups],
        NetworkAcls = [.. parts.NetworkAcls],
        Edges = [.. parts.Edges],
        LoadBalancers = [.. parts.LoadBalancers],
        Addresses = [.. parts.Addresses],
        HealthChecks = [.. parts.HealthChecks],
        Connectors = [.. parts.Connectors],
        ConnectInstances = [.. parts.ConnectInstances],
        Dns = DnsDerivation.ZoneOf(plan, parts),
        Monitoring = OperationDerivation.MonitoringOf(plan),
        Management = OperationDerivation.ManagementOf(plan),
        Policies = OperationDerivation.PoliciesOf(plan),
        Objectives = [.. OperationDerivation.ObjectivesOf(plan)],
    };

    /// <summary>
    /// Two elements of one name would be one in Terraform, and nobody could say which is meant.
    /// </summary>
    private static void ReportTwins(Network network, LoadContext context)
    {
        var first = new Dictionary<string, NetworkElement>();
        foreach (var element in network.Elements.Where(element => !first.TryAdd(element.Id, element)))
        {
            context.Report(new Finding(
                FindingRules.NameTwice,
                element.Origin.Place,
                element.Origin.Path,
                $"{element.Id} exists already, from {first[element.Id].Origin.Place}",
                "Give one of the two another name."));
        }
    }
}
