using static Farspan.Topology.FindingSeverity;

namespace Farspan.Topology;

/// <summary>TGW: attachments, route tables and limits of one transit gateway.</summary>
internal static class TransitGatewayRules
{
    private static readonly NetworkRule Association = new("TGW-004", Error, CheckAssociation)
    {
        Title = "Every attachment is associated with exactly one route table",
        Why = "What arrives from an attachment without a table is dropped; AWS refuses a second "
            + "association.",
        Mend = "Associate it with one table of its transit gateway.",
        Source = RuleSources.TransitGateway,
    };

    private static readonly NetworkRule Propagation = new("TGW-005", Error, CheckPropagation)
    {
        Title = "What may speak to one another has routes both ways",
        Why = "If an attachment does not propagate to the table of another, packets go and no answer "
            + "returns.",
        Mend = "Propagate the attachment to the table that the other is associated with, or add a static "
            + "route.",
        Source = RuleSources.TransitGateway,
    };

    private static readonly NetworkRule Shadowed = new("TGW-006", Warning, CheckShadowed)
    {
        Title = "No static route covers the same prefix as a propagated one",
        Why = "Static beats propagated at equal length, then prefix lists, VPC, Direct Connect gateway, "
            + "Connect, VPN, peering: the propagated route is never used, and its withdrawal changes "
            + "nothing.",
        Mend = "Remove the static route or make it less specific.",
        Source = RuleSources.TransitGateway,
    };

    private static readonly NetworkRule BlackHole = new("TGW-007", Warning, CheckBlackHole)
    {
        Title = "No blackhole route covers a prefix that is in use",
        Why = "A blackhole drops what it covers, whoever announces the shorter prefix around it.",
        Mend = "Narrow or remove the blackhole route.",
        Source = RuleSources.Ec2Api + "API_CreateTransitGatewayRoute.html",
    };

    private static readonly NetworkRule EqualCost = new("TGW-009", Warning, CheckEqualCost)
    {
        Title = "Load is shared only where a transit gateway shares it",
        Why = "It spreads traffic over VPN with BGP (if ECMP is on), Connect and Direct Connect, never "
            + "over VPC attachments or peerings: the second link stays idle.",
        Mend = "Turn `vpnEcmp` on and use BGP, or count on one path.",
        Source = RuleSources.TransitGateway,
    };

    private static readonly NetworkRule ApplianceMode = new("TGW-010", Warning)
    {
        Title = "A VPC with a stateful appliance has appliance mode",
        Why = "Otherwise the two directions of a flow go through different zones, and the firewall in each "
            + "sees half of it.",
        Mend = "Nothing: no appliance stands in the way that Farspan renders. Turn the mode on where you add one.",
        Source = RuleSources.Ec2Api + "API_CreateTransitGatewayVpcAttachmentRequestOptions.html",
        Evidence = RuleEvidence.Construction,
    };

    private static readonly NetworkRule ZoneWithout = new("TGW-011", Error, CheckZones)
    {
        Title = "Every zone in use has a subnet of the attachment",
        Why = "A transit gateway takes no traffic from a zone in which it has no interface: the connectors "
            + "there are mute.",
        Mend = "Add a subnet of that zone to the attachment.",
        Source = RuleSources.TransitGateway,
    };

    private static readonly NetworkRule RouteToGateway = new("TGW-012", Error, CheckRouteToGateway)
    {
        Title = "A VPC's route tables lead to the transit gateway for every remote range",
        Why = "A transit gateway never edits the route tables of a VPC: without the route, answers leave "
            + "by the default route or not at all.",
        Mend = "Add the remote ranges, or their summary, to the tables of the VPC.",
        Source = RuleSources.TransitGateway,
    };

    private static readonly NetworkRule Quotas = new("TGW-013", Warning, CheckQuotas)
    {
        Title = "A transit gateway stays below its quotas",
        Why = "5 gateways an account and region, 20 route tables, 10,000 routes, 5,000 attachments, 50 "
            + "peerings: beyond them requests are refused.",
        Mend = "Have the quota raised before, or merge tables.",
        Source = RuleSources.TransitQuotas,
    };

    private static readonly NetworkRule Defaults = new("TGW-014", Warning, CheckDefaults)
    {
        Title = "Default association and propagation are off where networks are kept apart",
        Why = "With them every new attachment reaches every other at once, before anybody has decided it.",
        Mend = "Turn both off; associations and propagations are rendered one by one.",
        Source = RuleSources.MultiCloudPractices,
    };

    private static readonly NetworkRule PrefixList = new("TGW-016", Note, CheckPrefixList)
    {
        Title = "Many static routes that a controller swaps are one prefix list",
        Why = "Each route is a request of its own, one to five seconds long; a prefix list is swapped by "
            + "one request, whole.",
        Mend = "Let the controller point one prefix list reference at the other attachment.",
        Source = RuleSources.Ec2Api + "API_CreateTransitGatewayPrefixListReference.html",
    };

    public static IEnumerable<NetworkRule> All =>
    [
        Association, Propagation, Shadowed, BlackHole, EqualCost, ApplianceMode, ZoneWithout, RouteToGateway, Quotas,
        Defaults, PrefixList,
    ];

    private const int GatewaysMax = 5;

    private const int TablesMax = 20;

    private const int RoutesMax = 10_000;

    private const int AttachmentsMax = 5_000;

    private const int PeeringsMax = 50;

    /// <summary>Static routes that are swapped one by one in good time.</summary>
    private const int SwappedRoutesMax = 3;

    private static IEnumerable<Fault> CheckAssociation(Network network) =>
        from attachment in network.TransitAttachments
        let tables = network.TransitTables.Where(table => table.Associations.Contains(attachment.Id)).ToList()
        where tables.Count != 1
        select Fault.At(
            attachment, "associations",
            tables.Count == 0
                ? $"{attachment} belongs to no route table"
                : $"{attachment} belongs to {string.Join(" and ", tables)}",
            "Associate it with one table.");

    private static IEnumerable<Fault> CheckPropagation(Network network)
    {
        foreach (var vpc in network.TransitAttachments.Where(IsVpc))
        {
            foreach (var link in network.TransitAttachments.Where(each =>
                each.TransitGateway == vpc.TransitGateway && IsLink(each)))
            {
                foreach (var (from, to) in new[] { (vpc, link), (link, vpc) })
                {
                    if (network.TableOf(from.Id) is { } table && !Knows(table, to))
                    {
                        yield return Fault.At(
                            table, "propagations", $"what comes from {from} finds no way to {to} in {table}",
                            $"Propagate {to} to {table}.");
                    }
                }
            }
        }
    }

    private static bool IsVpc(TransitGatewayAttachment attachment) =>
        attachment.Kind == TransitGatewayAttachmentKind.Vpc;

    private static bool IsLink(TransitGatewayAttachment attachment) =>
        attachment.Kind is TransitGatewayAttachmentKind.DirectConnect or TransitGatewayAttachmentKind.Vpn;

    private static bool Knows(TransitGatewayTable table, TransitGatewayAttachment attachment) =>
        table.Propagations.Contains(attachment.Id)
        || table.StaticRoutes.Any(route => route.Attachment == attachment.Id);

    private static IEnumerable<Fault> CheckShadowed(Network network) =>
        from table in network.TransitTables
        from route in table.StaticRoutes
        let target = network.TransitAttachments.WithId(route.Attachment)
        where target is { Kind: not TransitGatewayAttachmentKind.Peering }
        let hidden = network.Propagated(table).FirstOrDefault(each => each.Prefix.Equals(route.Prefix))
        where hidden.From is not null
        select Fault.At(
            route, "prefix", $"the static route {route.Prefix} to {target} hides the one from {hidden.From}",
            "Remove it.");

    private static IEnumerable<Fault> CheckBlackHole(Network network) =>
        from table in network.TransitTables
        from route in table.StaticRoutes
        where route.Attachment is null
        let live = network.Propagated(table).FirstOrDefault(each => each.Prefix.Covers(route.Prefix))
        where live.From is not null
        select Fault.At(
            route, "prefix", $"{table} drops {route.Prefix}, which lies in {live.Prefix} of {live.From}",
            "Remove it, or name the attachment that shall get the packets.");

    private static IEnumerable<Fault> CheckEqualCost(Network network) =>
        from gateway in network.TransitGateways
        let connections = network.VpnConnections.Where(each => each.TransitGateway == gateway.Id).ToList()
        let count = connections.Sum(connection => connection.Tunnels.Length)
        where count > 1 && (!gateway.HasVpnEcmp || connections.Exists(connection => connection.IsStatic))
        select Fault.At(
            gateway, "vpnEcmp",
            $"{gateway} uses one of its {count} tunnels:"
            + (gateway.HasVpnEcmp ? " their routes are static" : " equal cost multi-path is off"),
            "Turn `vpnEcmp` on, and use BGP.");

    private static IEnumerable<Fault> CheckZones(Network network) =>
        from connector in network.Connectors
        from attachment in network.TransitAttachments
        where attachment.Resource == connector.Vpc
        let served = Zones(network, attachment.Subnets)
        from zone in Zones(network, connector.Subnets).Except(served)
        select new Fault(
            network.Vpcs.WithId(attachment.Resource)?.Origin ?? attachment.Origin, attachment.Id,
            "attachmentSubnets", $"{attachment} has no subnet in {zone}, where {connector} runs",
            $"Add a subnet of {zone}.");

    private static HashSet<string> Zones(Network network, IEnumerable<string> subnets) =>
        [.. subnets.Select(id => network.AwsSubnets.WithId(id)?.Zone).OfType<string>()];

    private static IEnumerable<Fault> CheckRouteToGateway(Network network)
    {
        foreach (var connector in network.Connectors)
        {
            var remote = network.EdgeSubnets().Select(subnet => subnet.Range)
                .Concat(network.Vpcs.Where(vpc => vpc.Id != connector.Vpc).Select(vpc => vpc.Range))
                .ToList();
            var tables = connector.Subnets
                .Select(id => network.RouteTables.WithId(network.AwsSubnets.WithId(id)?.RouteTable))
                .OfType<AwsRouteTable>()
                .Distinct();
            foreach (var table in tables)
            {
                var missing = remote.Where(range => !table.Routes.Any(route =>
                    route.Target == AwsRouteTarget.TransitGateway && route.Prefix.Covers(range))).ToList();
                if (missing.Count > 0)
                {
                    yield return new Fault(
                        network.Vpcs.WithId(connector.Vpc)?.Origin ?? table.Origin, table.Id, "transitRoutes",
                        $"{table} does not lead to the transit gateway for {string.Join(", ", missing)}",
                        "Add these ranges, or the pool of all addresses.");
                }
            }
        }
    }

    private static IEnumerable<Fault> CheckQuotas(Network network)
    {
        foreach (var gateways in network.TransitGateways.Shared(gateway => gateway.AwsRegion))
        {
            if (gateways.Count() > GatewaysMax)
            {
                yield return Exceeded(gateways.Last(), gateways.Key, gateways.Count(), "transit gateways", GatewaysMax);
            }
        }

        foreach (var gateway in network.TransitGateways)
        {
            var tables = network.TransitTables.Where(table => table.TransitGateway == gateway.Id).ToList();
            var counts = new[]
            {
                (tables.Count, "route tables", TablesMax),
                (tables.Sum(table => table.StaticRoutes.Length), "static routes", RoutesMax),
                (network.TransitAttachments.Count(each => each.TransitGateway == gateway.Id), "attachments",
                    AttachmentsMax),
                (network.Peerings.Count(each => each.Requester == gateway.Id || each.Accepter == gateway.Id),
                    "peerings", PeeringsMax),
            };
            foreach (var (count, what, most) in counts.Where(each => each.Item1 > each.Item3))
            {
                yield return Exceeded(gateway, gateway.Id, count, what, most);
            }

            foreach (var twice in tables.SelectMany(table => table.StaticRoutes
                .GroupBy(route => route.Prefix).Where(group => group.Skip(1).Any())))
            {
                yield return Fault.At(
                    twice.ElementAt(1), "prefix", $"{gateway} has {twice.Count()} static routes for {twice.Key}",
                    "Keep one.");
            }
        }
    }

    private static Fault Exceeded(NetworkElement element, string where, int count, string what, int most) =>
        Fault.At(element, "name", $"{where} has {count} {what}", $"Keep {most} or fewer, or have the quota raised.");

    private static IEnumerable<Fault> CheckDefaults(Network network) =>
        from gateway in network.TransitGateways
        where network.Policies.RequiresSegmentation
        where gateway.HasDefaultAssociation || gateway.HasDefaultPropagation
        select Fault.At(
            gateway, gateway.HasDefaultAssociation ? "defaultAssociation" : "defaultPropagation",
            $"{gateway} lets new attachments reach all others, and the policy demands segmentation",
            "Turn the defaults off.");

    private static IEnumerable<Fault> CheckPrefixList(Network network) =>
        from peering in network.Peerings
        where peering.Fallback == PeeringFallback.Controller
        from table in network.TransitTables
        let count = table.StaticRoutes.Count(route =>
            network.TransitAttachments.WithId(route.Attachment)?.Resource == peering.Id)
        where count > SwappedRoutesMax
        select Fault.At(
            table, "routes", $"a controller swaps {count} routes of {table} one by one",
            "Use one prefix list.");
}
