using System.Collections.Immutable;
using Farspan.Sip;
using static Farspan.Topology.FindingSeverity;

namespace Farspan.Topology;

/// <summary>LBH: load balancers in front of the edges and connectors.</summary>
internal static class LoadBalancerRules
{
    private static readonly NetworkRule Passthrough = new("LBH-001", Error, CheckPassthrough)
    {
        Title = "SIP stands behind a regional passthrough load balancer",
        Why = "A global external backend service of TCP is a proxy: it takes no UDP, hides the carrier's "
            + "address, and cannot be put behind a forwarding rule by itself.",
        Mend = "Write `scope: regional`, with UDP, TCP or both.",
        Source = RuleSources.GoogleNetworkBalancer,
    };

    private static readonly NetworkRule Backends = new("LBH-002", Error, CheckBackends)
    {
        Title = "Backends of a passthrough load balancer are machines of its own region and project",
        Why = "It passes packets to virtual machines beside it; addresses outside Google can be reached "
            + "through proxies only, which carry no UDP.",
        Mend = "Put edges in the region of the balancer; they pass the calls on to AWS.",
        Source = RuleSources.GoogleNetworkBalancer + "; " + RuleSources.GoogleHybrid,
    };

    private static readonly NetworkRule Ports = new("LBH-007", Error, CheckPorts)
    {
        Title = "A forwarding rule has at most 5 ports, or all of them",
        Why = "Google refuses more, and overlapping rules for one address. Fragments of UDP carry no port: "
            + "they pass only with all ports.",
        Mend = "Leave `ports` out: all ports pass then.",
        Source = RuleSources.Compute + "/forwardingRules",
    };

    private static readonly NetworkRule IdleTimeout = new("LBH-008", Warning, CheckIdle)
    {
        Title = "Keep-alives come more often than the balancer forgets a flow",
        Why = "Google's passthrough balancer forgets UDP after 60 s, an AWS balancer after 120 s, TCP "
            + "after 350 s: after that a request in a dialog may land on another machine, or nowhere.",
        Mend = "Send keep-alives every 30 s or less.",
        Source = RuleSources.GoogleNetworkBalancer + "; " + RuleSources.NetworkBalancer + "; RFC 5626 §4.4",
    };

    private static readonly NetworkRule Persistence = new("LBH-009", Warning, CheckPersistence)
    {
        Title = "Nothing relies on flows that stay with a dead edge",
        Why = "UDP flows always move away from an unhealthy backend. TCP connections stay with it unless "
            + "persistence is off, and a fast fail-over waits for them.",
        Mend = "Write `connectionPersistence: never`; edges keep dialogs together themselves.",
        Source = RuleSources.GoogleNetworkBalancer,
    };

    private static readonly NetworkRule Affinity = new("LBH-010", Warning, CheckAffinity)
    {
        Title = "Edges that keep state for each source have session affinity",
        Why = "Without affinity two requests of one carrier land on different edges, each with half of the "
            + "state.",
        Mend = "Write `sessionAffinity: client-ip`, or let the edges share their state.",
        Source = RuleSources.GoogleNetworkBalancer,
    };

    private static readonly NetworkRule OtherRegion = new("LBH-011", Warning, CheckOtherRegion)
    {
        Title = "Nothing relies on a passthrough balancer failing over to another region",
        Why = "Its backup pool is in its own region. When the region fails, the carrier (by its second "
            + "target) or DNS has to go elsewhere.",
        Mend = "Give each carrier a target in a second region.",
        Source = RuleSources.GoogleNetworkBalancer,
    };

    private static readonly NetworkRule FailOpen = new("LBH-012", Warning, CheckFailOpen)
    {
        Title = "A balancer without healthy backends drops instead of guessing",
        Why = "With all backends unhealthy it sends to all of them: the carrier sees a region that is "
            + "alive and loses its calls there.",
        Mend = "Write `dropsWhenUnhealthy: true`.",
        Source = RuleSources.GoogleNetworkBalancer + "; " + RuleSources.NetworkBalancer,
    };

    private static readonly NetworkRule AnswersFrom = new("LBH-014", Error, CheckAnswersFrom)
    {
        Title = "Edges answer from the address of the forwarding rule",
        Why = "Packets pass through with that address as their destination; an answer from the machine's "
            + "own address is not what the carrier asked, and it is dropped.",
        Mend = "Advertise the address of the forwarding rule and bind it on the edges.",
        Source = RuleSources.GoogleNetworkBalancer,
    };

    public static IEnumerable<NetworkRule> All =>
    [
        Passthrough, Backends, Ports, IdleTimeout, Persistence, Affinity, OtherRegion, FailOpen, AnswersFrom,
    ];

    private const int PortsMax = 5;

    private static readonly ImmutableArray<string> ProtocolsWithAllPorts = ["L3_DEFAULT", "TCP", "UDP"];

    private static IEnumerable<Fault> CheckPassthrough(Network network) =>
        from balancer in network.LoadBalancers
        where balancer.Scope == CloudScope.Global
        let udp = network.Carriers.Any(carrier =>
            carrier.Targets.Any(target => target.Transport == SipTransport.Udp))
        select Fault.At(
            balancer, "scope",
            $"{balancer} is a global {Text(balancer.Protocol)} proxy"
            + (udp ? ", and carriers send SIP over UDP" : ""),
            "Write `scope: regional`, or nothing.");

    private static string Text(LoadBalancerProtocol protocol) => protocol.ToString().ToUpperInvariant();

    private static IEnumerable<Fault> CheckBackends(Network network) =>
        from balancer in network.LoadBalancers
        from id in balancer.Backends.Concat(balancer.FailoverBackends)
        let connector = network.Connectors.WithId(id)
        let edge = network.Edges.WithId(id)
        let reason = connector is not null ? "is in AWS"
            : edge is not null && balancer.Scope == CloudScope.Regional && edge.GoogleRegion != balancer.GoogleRegion
                ? $"is in {edge.GoogleRegion}"
            : null
        where reason is not null
        select Fault.At(
            balancer, "backends", $"{id}, a backend of {balancer}, {reason}",
            "Keep edges of the same region.");

    private static IEnumerable<Fault> CheckPorts(Network network)
    {
        foreach (var rule in network.LoadBalancers.SelectMany(balancer => balancer.ForwardingRules))
        {
            if (!rule.HasAllPorts && rule.Ports.Length > PortsMax)
            {
                yield return Fault.At(
                    rule, "ports", $"{rule} has {rule.Ports.Length} ports", "Write five, or none.");
            }

            if (rule.HasAllPorts && !ProtocolsWithAllPorts.Contains(rule.Protocol))
            {
                yield return Fault.At(
                    rule, "ports", $"{rule} has all ports of {rule.Protocol}", "Use L3_DEFAULT, TCP or UDP.");
            }

            if (!rule.HasAllPorts && rule.Protocol is "UDP" or "L3_DEFAULT")
            {
                yield return Fault.At(
                    rule, "ports", $"{rule} passes no fragment of a UDP message", "Leave `ports` out.")
                    with { Severity = Warning };
            }
        }

        foreach (var (first, second) in network.LoadBalancers
            .SelectMany(balancer => balancer.ForwardingRules).ToList().Pairs().Where(AreOverlapping))
        {
            yield return Fault.At(
                second, "ports", $"{second} and {first} have ports of {first.Address} in common",
                "Keep each port in one of them.");
        }
    }

    private static bool AreOverlapping((ForwardingRule First, ForwardingRule Second) rules) =>
        rules.First.Address == rules.Second.Address
        && rules.First.Protocol == rules.Second.Protocol
        && (rules.First.HasAllPorts || rules.Second.HasAllPorts
            || rules.First.Ports.Intersect(rules.Second.Ports).Any());

    private static IEnumerable<Fault> CheckIdle(Network network) =>
        from balancer in network.LoadBalancers
        from edge in EdgesOf(network, balancer)
        where edge.KeepAlive >= balancer.IdleTimeout
        select Fault.At(
            edge, "keepAlive",
            $"{edge} sends keep-alives every {edge.KeepAlive.Show()}, and {balancer} forgets after"
            + $" {balancer.IdleTimeout.Show()}",
            $"Write less than {balancer.IdleTimeout.Show()}, or nothing.");

    private static IEnumerable<Edge> EdgesOf(Network network, LoadBalancer balancer) =>
        network.Edges.Where(edge => balancer.Backends.Contains(edge.Id));

    private static IEnumerable<Fault> CheckPersistence(Network network) =>
        from balancer in network.LoadBalancers
        where balancer.ConnectionPersistence != "NEVER_PERSIST"
        let reason = balancer.Protocol == LoadBalancerProtocol.Udp
            ? balancer.ConnectionPersistence == "ALWAYS_PERSIST" ? "flows" : null
            : "TCP connections"
        where reason is not null
        select Fault.At(
            balancer, "connectionPersistence", $"{reason} of {balancer} stay with a dead edge",
            "Write `connectionPersistence: never`, or nothing.");

    private static IEnumerable<Fault> CheckAffinity(Network network) =>
        from balancer in network.LoadBalancers
        where balancer.SessionAffinity == "NONE"
        from edge in EdgesOf(network, balancer)
        where !edge.SharesDialogs && edge.InstancesMax > 1
        select Fault.At(
            balancer, "sessionAffinity", $"{balancer} spreads the requests of a carrier, and {edge} shares no dialogs",
            "Write `sessionAffinity: client-ip`.");

    private static IEnumerable<Fault> CheckOtherRegion(Network network) =>
        from balancer in network.LoadBalancers
        from edge in network.Edges
        where balancer.FailoverBackends.Contains(edge.Id) && edge.Region != balancer.Region
        select Fault.At(
            balancer, "failoverRegion", $"{balancer} is to fail over to {edge}, in another region",
            "Give the carriers a second target instead.");

    private static IEnumerable<Fault> CheckFailOpen(Network network) =>
        from balancer in network.LoadBalancers
        where !balancer.DropsWhenUnhealthy
        select Fault.At(
            balancer, "dropsWhenUnhealthy", $"{balancer} sends calls to dead edges when all are dead",
            "Write `dropsWhenUnhealthy: true`, or nothing.");

    private static IEnumerable<Fault> CheckAnswersFrom(Network network) =>
        from edge in network.Edges
        where !edge.RepliesFromForwardingRule
        select Fault.At(
            edge, "repliesFromForwardingRule", $"{edge} answers from the machines' own addresses",
            "Write `repliesFromForwardingRule: true`, or nothing.");
}
