using static Farspan.Topology.FindingSeverity;

namespace Farspan.Topology;

/// <summary>BGP: autonomous system numbers.</summary>
internal static class BgpNumberRules
{
    private static readonly NetworkRule RouterNumber = new("BGP-001", Error, CheckRouterNumber)
    {
        Title = "A Cloud Router's ASN is private",
        Why = "Cloud Router takes 64512-65534 and 4200000000-4294967294 only; with any other it "
            + "is not made, and without one it has no BGP peers.",
        Mend = "Write a private ASN, or leave it out: one is derived.",
        Source = RuleSources.CloudRouter + "/concepts/overview; RFC 6996 §5",
    };

    private static readonly NetworkRule AmazonNumber = new("BGP-002", Error, CheckAmazonNumber)
    {
        Title = "The Amazon side has a private ASN",
        Why = "Transit gateways and Direct Connect gateways take 64512-65534 and 4200000000-4294967294 "
            + "only.",
        Mend = "Write a private ASN, or leave it out: one is derived.",
        Source = RuleSources.Ec2Api + "API_TransitGatewayRequestOptions.html; RFC 6996 §5",
    };

    private static readonly NetworkRule GatewaysDiffer = new("BGP-003", Error, CheckGatewaysDiffer)
    {
        Title = "A transit gateway and its Direct Connect gateway have different ASNs",
        Why = "AWS refuses the association; both have 64512 unless told otherwise, so it fails by default.",
        Mend = "Give one of the two another private ASN.",
        Source = RuleSources.DirectConnectTransit,
    };

    private static readonly NetworkRule TransitNumbersDiffer = new("BGP-004", Error, CheckTransitNumbers)
    {
        Title = "Transit gateways that are peered or share a Direct Connect gateway have different ASNs",
        Why = "Behind one Direct Connect gateway equal ASNs are refused; between peered gateways they rule "
            + "out BGP for ever, so that a later change to Cloud WAN means to build the gateway anew.",
        Mend = "Give each transit gateway its own private ASN.",
        Source = RuleSources.TransitPeering + "; " + RuleSources.DirectConnectTransit,
    };

    private static readonly NetworkRule CloudWanNumber = new("BGP-005", Error, CheckCloudWanNumber)
    {
        Title = "Cloud WAN and the transit gateways that it peers with have different ASNs",
        Why = "The peering exchanges routes by BGP, and a router drops routes with its own ASN in the path.",
        Mend = "Take the ranges of Cloud WAN's edges away from the transit gateways' ASNs.",
        Source = RuleSources.CloudWan + "; RFC 4271 §9.1.2",
    };

    private static readonly NetworkRule PeerIsGateway = new("BGP-006", Error, CheckPeerNumber)
    {
        Title = "A session names the ASN of who is at the other end",
        Why = "Over Direct Connect that is the Direct Connect gateway, not the transit gateway behind it; "
            + "over VPN it is the transit gateway. With another number the session ends in Bad Peer AS and "
            + "never comes up.",
        Mend = "Write the ASN of the gateway that ends the session, or leave it out.",
        Source = RuleSources.DirectConnectLimits + "; RFC 4271 §6.2",
    };

    private static readonly NetworkRule CustomerNumber = new("BGP-007", Error, CheckCustomerNumber)
    {
        Title = "AWS expects the ASN that the Cloud Router has",
        Why = "The customer gateway or virtual interface is made with the number of our side; if the Cloud "
            + "Router opens the session with another one, AWS refuses it.",
        Mend = "Write the Cloud Router's ASN on the AWS side, or leave it out. Numbers above 2147483647 go "
            + "in the field for extended ASNs of a customer gateway.",
        Source = RuleSources.Ec2Api + "API_CreateCustomerGateway.html",
    };

    private static readonly NetworkRule RouterNumbersDiffer = new("BGP-019", Warning, CheckRouterNumbers)
    {
        Title = "Cloud Routers of different regions have different ASNs where BGP goes through AWS",
        Why = "What one region's router announces comes back to the other's with its own ASN in the path "
            + "and is dropped as a loop: the fall-back through AWS silently does not exist.",
        Mend = "Give each Cloud Router its own private ASN.",
        Source = RuleSources.Measured + "; RFC 4271 §9.1.2",
    };

    public static IEnumerable<NetworkRule> All =>
    [
        RouterNumber, AmazonNumber, GatewaysDiffer, TransitNumbersDiffer, CloudWanNumber, PeerIsGateway,
        CustomerNumber, RouterNumbersDiffer,
    ];

    private static bool IsPrivate(uint asn) => asn is (>= 64512 and <= 65534) or (>= 4200000000 and <= 4294967294);

    private static IEnumerable<Fault> CheckRouterNumber(Network network) =>
        from router in network.Routers
        where router.Asn is not { } asn || !IsPrivate(asn)
        select Fault.At(
            router, "asn",
            router.Asn is { } asn ? $"ASN {asn} of {router} is not private" : $"{router} has no ASN",
            "Write one such as 64601, or none.");

    private static IEnumerable<Fault> CheckAmazonNumber(Network network)
    {
        var gateways = network.TransitGateways.Select(gateway => ((NetworkElement)gateway, gateway.Asn))
            .Concat(network.DirectConnectGateways.Select(gateway => ((NetworkElement)gateway, gateway.Asn)));
        return from gateway in gateways
               where !IsPrivate(gateway.Asn)
               select Fault.At(
                   gateway.Item1, "asn", $"ASN {gateway.Asn} of {gateway.Item1} is not private",
                   "Write one such as 64701, or none.");
    }

    private static IEnumerable<Fault> CheckGatewaysDiffer(Network network) =>
        from gateway in network.DirectConnectGateways
        from association in gateway.Associations
        let transit = network.TransitGateways.WithId(association.TransitGateway)
        where transit?.Asn == gateway.Asn
        select Fault.At(
            gateway, "asn", $"{gateway} and {transit} both have ASN {gateway.Asn}",
            $"Write another private ASN, such as {NextFree(network, gateway.Asn)}.");

    private static uint NextFree(Network network, uint asn)
    {
        var used = network.TransitGateways.Select(gateway => gateway.Asn)
            .Concat(network.DirectConnectGateways.Select(gateway => gateway.Asn))
            .Concat(network.Routers.Select(router => router.Asn ?? 0))
            .ToHashSet();
        do
        {
            asn = asn is >= 64512 and < 65534 ? asn + 1 : 64512;
        }
        while (used.Contains(asn));
        return asn;
    }

    private static IEnumerable<Fault> CheckTransitNumbers(Network network)
    {
        foreach (var (first, second) in network.TransitGateways.Pairs().Where(p => p.First.Asn == p.Second.Asn))
        {
            var arePeered = network.CoreNetwork is not null || network.Peerings.Any(peering =>
                new[] { first.Id, second.Id }.Order().SequenceEqual(
                    new[] { peering.Requester, peering.Accepter }.Order()));
            var gateway = network.DirectConnectGateways.FirstOrDefault(gateway =>
                gateway.Associations.Any(each => each.TransitGateway == first.Id)
                && gateway.Associations.Any(each => each.TransitGateway == second.Id));
            if (gateway is null && !arePeered)
            {
                continue;
            }

            var together = gateway is null ? "" : $" behind {gateway}";
            yield return Fault.At(
                second, "asn", $"{first} and {second} both have ASN {first.Asn}{together}",
                $"Write another private ASN, such as {NextFree(network, second.Asn)}.")
                with { Severity = gateway is null ? Warning : Error };
        }
    }

    private static IEnumerable<Fault> CheckCloudWanNumber(Network network) =>
        from core in new[] { network.CoreNetwork }.OfType<CoreNetwork>()
        from edge in core.Edges
        let transit = network.TransitGateways.WithId(edge.TransitGateway)
        where transit?.Asn == edge.Asn
        select Fault.At(
            core, "coreNetworkAsn", $"the edge of {core} in {edge.AwsRegion} and {transit} both have ASN {edge.Asn}",
            $"Write another private ASN, such as {NextFree(network, edge.Asn)}.");

    private static IEnumerable<Fault> CheckPeerNumber(Network network)
    {
        foreach (var session in network.Sessions)
        {
            var (expected, real) = (session.Remote.ExpectedAsn, session.Remote.Asn);
            if (session.Kind != BgpSessionKind.Managed && real is not null && expected != real)
            {
                var behind = network.TransitGateways.FirstOrDefault(gateway =>
                    gateway.Asn == expected && gateway.Region == session.Region);
                var hint = behind is null ? "" : $"; {expected} is {behind}, which does not end the session";
                yield return Fault.At(
                    session, "awsAsn",
                    $"{session} expects ASN {Text(expected)} but {session.Remote.Speaker} has {real}{hint}",
                    $"Write {real}, or nothing.");
            }
        }
    }

    private static IEnumerable<Fault> CheckCustomerNumber(Network network) =>
        from session in network.Sessions
        let end = session.Local
        where session.Kind != BgpSessionKind.Managed && end.Asn is not null && end.ExpectedAsn != end.Asn
        select Fault.At(
            session, "googleAsn",
            $"{session.Remote.Speaker} expects ASN {Text(end.ExpectedAsn)} of {end.Speaker}, which has {end.Asn}",
            $"Write {end.Asn}, or nothing.");

    private static IEnumerable<Fault> CheckRouterNumbers(Network network)
    {
        // Static routes over a peering are announced anew, without the path so far.
        var goesThroughAmazon = network.CoreNetwork is not null
            || network.Peerings.Any(peering => peering.ExpectsBgp);
        return from pair in network.Routers.Pairs()
               where goesThroughAmazon && pair.First.Asn is not null && pair.First.Asn == pair.Second.Asn
               where pair.First.GoogleRegion != pair.Second.GoogleRegion
               select Fault.At(
                   pair.Second, "asn", $"{pair.First} and {pair.Second} both have ASN {pair.First.Asn}",
                   $"Write another private ASN, such as {NextFree(network, pair.Second.Asn ?? 0)}.");
    }

    private static string Text(uint? asn) => asn?.ToString() ?? "none";
}
