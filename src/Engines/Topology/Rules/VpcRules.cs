using System.Collections.Immutable;
using System.Net;
using Farspan.Sip;
using static Farspan.Topology.FindingSeverity;

namespace Farspan.Topology;

/// <summary>VPC: networks of both clouds and what their firewalls let through.</summary>
internal static class VpcRules
{
    private static readonly NetworkRule GlobalRouting = new("VPC-001", Error, CheckGlobalRouting)
    {
        Title = "A Google network with several regions routes globally",
        Why = "With regional routing an edge sees only the links of its own region: when they fail there "
            + "is no way to AWS, although the other region's links are up.",
        Mend = "Write `routingMode: global`.",
        Source = RuleSources.CloudRouterLearned,
    };

    private static readonly NetworkRule BestPathMode = new("VPC-002", Warning, CheckBestPath)
    {
        Title = "MED is compared between different ASNs only in the standard best-path mode",
        Why = "In legacy mode Google compares MED only between routes of the same neighbour ASN: "
            + "priorities of two regions' gateways have no effect on one another.",
        Mend = "Write `bestPathMode: standard`.",
        Source = RuleSources.CloudRouterLearned,
    };

    private static readonly NetworkRule NoReAdvertising = new("VPC-003", Error, CheckTransit)
    {
        Title = "Nothing relies on Google passing AWS routes on to AWS",
        Why = "A Cloud Router does not announce what it has learned: Google is no transit between two AWS "
            + "regions unless Network Connectivity Center carries data between its spokes.",
        Mend = "Peer the transit gateways for traffic between AWS regions.",
        Source = RuleSources.CloudRouterLearned,
    };

    private static readonly NetworkRule ProbeSources = new("VPC-004", Error, CheckProbeSources)
    {
        Title = "The firewall lets Google's health checks reach the edges",
        Why = "They come from 35.191.0.0/16 and 130.211.0.0/22 (for passthrough balancers also "
            + "209.85.152.0/22 and 209.85.204.0/22). If they are blocked, every edge counts as dead.",
        Mend = "Allow these sources on the port of the health check.",
        Source = RuleSources.GoogleFirewall,
    };

    private static readonly NetworkRule NeededPorts = new("VPC-005", Error, CheckNeededPorts)
    {
        Title = "Security groups and NACLs let SIP and RTP through, NACLs both ways",
        Why = "What the group or the NACL does not name is dropped; a NACL knows no connections, so that "
            + "the answers need a rule too.",
        Mend = "Allow the SIP port and the RTP range from the edges, and the range of their answers "
            + "outward.",
        Source = RuleSources.NetworkAcls,
    };

    private static readonly NetworkRule OpenToAll = new("VPC-006", Warning, CheckOpenToAll)
    {
        Title = "SIP, RTP and administration are not open to the whole Internet",
        Why = "Scanners find an open SIP port within minutes and call at the owner's expense.",
        Mend = "Allow the carriers' ranges on SIP and RTP, and the operators' network on administration.",
        Source = RuleSources.Design + "; RFC 3261 §26.1",
    };

    private static readonly NetworkRule FlowLogs = new("VPC-007", Warning, CheckFlowLogs)
    {
        Title = "Flow logs are on",
        Why = "Without them nobody can say afterwards where the packets of a call were dropped.",
        Mend = "Write `flowLogs: true`.",
        Source = RuleSources.MultiCloudPractices,
    };

    private static readonly NetworkRule FragmentationNeeded = new("VPC-008", Warning, CheckFragmentationNeeded)
    {
        Title = "ICMP \"fragmentation needed\" is let through",
        Why = "A transit gateway says with it that a packet was too large (RFC 1191 §3). Blocked, large "
            + "messages vanish without a trace while small ones arrive.",
        Mend = "Allow ICMP type 3, code 4.",
        Source = RuleSources.TransitQuotas + "; RFC 1191 §3",
    };

    public static IEnumerable<NetworkRule> All =>
    [
        GlobalRouting, BestPathMode, NoReAdvertising, ProbeSources, NeededPorts, OpenToAll, FlowLogs,
        FragmentationNeeded,
    ];

    /// <summary>Ports that administrators use: SSH, and the pages of Farspan.</summary>
    private static readonly ImmutableArray<PortSpan> AdminPorts = [new(22, 22), new(8443, 8443)];

    /// <summary>Where Linux takes the ports of outgoing connections from.</summary>
    private static readonly PortSpan EphemeralPorts = new(32768, 60999);

    private static readonly ImmutableArray<IPNetwork> Probers =
        [IPNetwork.Parse("35.191.0.0/16"), IPNetwork.Parse("130.211.0.0/22")];

    private static IEnumerable<Fault> CheckGlobalRouting(Network network) =>
        network.GoogleNetwork.RoutingMode == GoogleRoutingMode.Regional && network.Regions.Length > 1
            ? [Fault.At(
                network.GoogleNetwork, "routingMode",
                $"{network.GoogleNetwork} routes regionally, with {network.Regions.Length} regions",
                "Write `routingMode: global`, or nothing.")]
            : [];

    private static IEnumerable<Fault> CheckBestPath(Network network)
    {
        var neighbours = network.Sessions
            .Where(session => session.Interface is not null)
            .Select(session => session.Remote.Asn)
            .Distinct()
            .Count();
        return network.GoogleNetwork.BestPathMode == GoogleBestPathMode.Legacy && neighbours > 1
            ? [Fault.At(
                network.GoogleNetwork, "bestPathMode",
                $"{network.GoogleNetwork} compares routes in legacy mode, of {neighbours} neighbour ASNs",
                "Write `bestPathMode: standard`, or nothing.")]
            : [];
    }

    private static IEnumerable<Fault> CheckTransit(Network network) =>
        network.GoogleNetwork.ExpectsTransit
            ? [Fault.At(
                network.GoogleNetwork, "expectsTransit",
                $"{network.GoogleNetwork} is expected to pass routes of AWS on to AWS",
                "Take it away, and peer the transit gateways.")]
            : [];

    private static IEnumerable<Fault> CheckProbeSources(Network network) =>
        from check in network.HealthChecks
        let rules = network.GoogleFirewall.Select(each => each.Rule).ToList()
        let port = new PortSpan(check.Port, check.Port)
        let blocked = Probers.Where(range => !rules.Allows(FilterDirection.Ingress, "tcp", port, range)).ToList()
        where blocked.Count > 0
        select Fault.At(
            network.GoogleNetwork, "firewall",
            $"{string.Join(" and ", blocked)} cannot reach port {check.Port}, which {check} asks",
            "Allow them, or leave the firewall to be derived.");

    private static IEnumerable<Fault> CheckNeededPorts(Network network)
    {
        foreach (var connector in network.Connectors)
        {
            var acls = connector.Subnets
                .Select(id => network.NetworkAcls.WithId(network.AwsSubnets.WithId(id)?.NetworkAcl))
                .OfType<NetworkAcl>()
                .Distinct();
            foreach (var edge in network.Edges)
            {
                if (network.GoogleSubnets.WithId(edge.Subnet)?.Range is not { } edges)
                {
                    continue;
                }

                var inward = SipAndRtp(connector.SipPorts, connector.RtpPorts);
                var outward = new[] { ("udp", edge.RtpPorts), ("tcp", EphemeralPorts) };
                var faults = Blocked(network.SecurityGroups.WithId(connector.SecurityGroup), inward, [], edges)
                    .Concat(acls.SelectMany(acl => Blocked(acl, inward, outward, edges)));
                foreach (var fault in faults)
                {
                    yield return fault;
                }
            }
        }
    }

    private static IEnumerable<(string Protocol, PortSpan Ports)> SipAndRtp(
        IEnumerable<SipPort> sip, PortSpan rtp) =>
        sip.Select(port => (port.Transport == SipTransport.Udp ? "udp" : "tcp", new PortSpan(port.Port, port.Port)))
            .Append(("udp", rtp));

    private static IEnumerable<Fault> Blocked(
        NetworkElement? element,
        IEnumerable<(string Protocol, PortSpan Ports)> inward,
        IEnumerable<(string Protocol, PortSpan Ports)> outward,
        IPNetwork edges)
    {
        if (element is null)
        {
            return [];
        }

        var rules = element switch
        {
            SecurityGroup group => group.Rules,
            NetworkAcl acl => acl.Rules,
            _ => [],
        };
        var wanted = inward.Select(each => (Direction: FilterDirection.Ingress, each.Protocol, each.Ports))
            .Concat(outward.Select(each => (Direction: FilterDirection.Egress, each.Protocol, each.Ports)));
        return from each in wanted
               where !rules.Allows(each.Direction, each.Protocol, each.Ports, edges)
               let way = each.Direction == FilterDirection.Ingress ? $"from {edges}" : $"back to {edges}"
               select Fault.At(
                   element, Filter.KeyOf(element), $"{element} blocks {each.Protocol} {each.Ports} {way}",
                   "Allow it, or leave the rules to be derived.");
    }

    private static IEnumerable<Fault> CheckOpenToAll(Network network)
    {
        var guarded = network.Edges.SelectMany(edge => SipAndRtp(edge.SipPorts, edge.RtpPorts))
            .Concat(network.Connectors.SelectMany(each => SipAndRtp(each.SipPorts, each.RtpPorts)))
            .Concat(AdminPorts.Select(ports => (Protocol: "tcp", Ports: ports)))
            .ToList();
        (NetworkElement Element, FilterRule Rule)[] rules =
        [
            .. network.GoogleFirewall.Select(each => (each, each.Rule)),
            .. network.SecurityGroups.SelectMany(each => each.Rules.Select(rule => (each, rule))),
        ];
        return from each in rules
               let rule = each.Rule
               where rule is { IsAllowed: true, Direction: FilterDirection.Ingress }
               where rule.Peers.Any(range => range.PrefixLength == 0)
               let open = guarded.Find(one => (rule.Protocol == one.Protocol || rule.Protocol == "all")
                   && (rule.Ports is not { } ports || Filter.Overlap(ports, one.Ports)))
               where open.Protocol is not null
               select Fault.At(
                   each.Element, Filter.KeyOf(each.Element),
                   $"{each.Element} lets everybody reach {open.Protocol} {open.Ports}",
                   "Name the carriers' and administrators' ranges.");
    }

    private static IEnumerable<Fault> CheckFlowLogs(Network network)
    {
        var silent = network.GoogleSubnets
            .Where(each => each is { Purpose: GoogleSubnetPurpose.Workload, HasFlowLogs: false })
            .Concat<NetworkElement>(network.Vpcs.Where(vpc => !vpc.HasFlowLogs))
            .Concat(network.TransitGateways.Where(gateway => !gateway.HasFlowLogs));
        return silent.Select(each => Fault.At(
            each, "flowLogs", $"{each} has no flow logs", "Write `flowLogs: true`, or nothing."));
    }

    private static IEnumerable<Fault> CheckFragmentationNeeded(Network network)
    {
        foreach (var connector in network.Connectors)
        {
            if (network.Vpcs.WithId(connector.Vpc) is { } vpc
                && !network.GoogleFirewall.Select(each => each.Rule)
                    .Allows(FilterDirection.Ingress, "icmp", null, vpc.Range))
            {
                yield return Fault.At(
                    network.GoogleNetwork, "firewall", $"Google's firewall blocks ICMP from {vpc}", "Allow it.");
            }

            var filters = connector.Subnets
                .Select(id => network.NetworkAcls.WithId(network.AwsSubnets.WithId(id)?.NetworkAcl))
                .OfType<NetworkAcl>()
                .Distinct()
                .Select(acl => ((NetworkElement)acl, acl.Rules))
                .Concat(network.SecurityGroups.Where(group => group.Id == connector.SecurityGroup)
                    .Select(group => ((NetworkElement)group, group.Rules)));
            foreach (var (element, rules) in filters)
            {
                if (network.EdgeSubnets().FirstOrDefault(subnet =>
                    !rules.Allows(FilterDirection.Ingress, "icmp", null, subnet.Range)) is { } subnet)
                {
                    yield return Fault.At(
                        element, Filter.KeyOf(element), $"{element} blocks ICMP from {subnet}", "Allow it.");
                }
            }
        }
    }
}
