using System.Collections.Immutable;
using System.Net;
using static Farspan.Topology.FindingSeverity;

namespace Farspan.Topology;

/// <summary>ADR: address ranges, of networks and of the links between them.</summary>
internal static class AddressRules
{
    /// <summary>Candidate subnets of one VLAN attachment.</summary>
    private const int CandidatesMax = 16;

    private static readonly NetworkRule NoOverlap = new("ADR-001", Error, CheckOverlap)
    {
        Title = "No address range is used twice",
        Why = "Of two networks with the same addresses only one can be reached: a transit gateway does not "
            + "propagate the second VPC, and packets for it end in the first.",
        Mend = "Give each network a range of its own, or leave the ranges out: they are then taken from "
            + "the pool.",
        Source = RuleSources.Ec2Api + "API_CreateTransitGatewayVpcAttachment.html",
    };

    private static readonly NetworkRule TunnelRange = new("ADR-002", Error, CheckTunnelRange)
    {
        Title = "The inside of an AWS VPN tunnel is a free /30 of 169.254.0.0/16",
        Why = "AWS refuses other sizes and keeps 169.254.0.0/30 to 169.254.5.0/30 and 169.254.169.252/30 "
            + "for itself, so the connection is not made.",
        Mend = "Take a /30 such as 169.254.10.0/30, or leave it out: free ones are derived.",
        Source = RuleSources.Ec2Api + "API_VpnTunnelOptionsSpecification.html",
    };

    private static readonly NetworkRule TunnelRangeOnce = new("ADR-003", Error, CheckTunnelRangeOnce)
    {
        Title = "Every tunnel of a gateway has its own inside range",
        Why = "AWS refuses a second tunnel with the same range at the same gateway, and two BGP sessions "
            + "could not be told apart.",
        Mend = "Change one of the two, or leave both out.",
        Source = RuleSources.Ec2Api + "API_VpnTunnelOptionsSpecification.html",
    };

    private static readonly NetworkRule SessionSubnet = new("ADR-004", Error, CheckSessionSubnet)
    {
        Title = "Both ends of a BGP session are in one free link-local subnet",
        Why = "Cloud Router takes only neighbours inside the subnet of its interface, in 169.254.0.0/16 "
            + "(or fdff:1::/64), and AWS keeps the first ranges for itself: the session would never come "
            + "up.",
        Mend = "Let both addresses be the two hosts of one /29 or /30 such as 169.254.100.0/29.",
        Source = RuleSources.CloudRouter + "/how-to/configuring-bgp",
    };

    private static readonly NetworkRule CandidateSubnets = new("ADR-005", Error, CheckCandidates)
    {
        Title = "Candidate subnets of a VLAN attachment are at most 16 in 169.254.0.0/16, /29 or shorter",
        Why = "Google refuses the attachment otherwise.",
        Mend = "Write up to 16 ranges such as 169.254.100.0/29, or none.",
        Source = RuleSources.Compute + "/interconnectAttachments",
    };

    private static readonly NetworkRule ConnectPeerRange = new("ADR-006", Error)
    {
        Title = "A Connect peer of a transit gateway has a /29 of 169.254.0.0/16 and an address of the "
            + "gateway",
        Why = "AWS takes only a /29 inside, gives the appliance its first address, and takes the outer "
            + "address from the gateway's own CIDR block, which is a /24 or larger.",
        Mend = "Write a /29, use its first address on the appliance, and give the gateway a CIDR block of "
            + "/24.",
        Source = RuleSources.Ec2Api + "API_CreateTransitGatewayConnectPeer.html",
        Evidence = RuleEvidence.Construction,
    };

    private static readonly NetworkRule IdentifierRange = new("ADR-007", Error, CheckIdentifierRange)
    {
        Title = "A Cloud Router's identifier range is /30 or larger and free",
        Why = "The router takes its BGP identifier from it; a range that a session uses is refused.",
        Mend = "Take a link-local range that no session uses, or leave it out.",
        Source = RuleSources.Compute + "/routers",
    };

    private static readonly NetworkRule Supernet = new("ADR-008", Warning, CheckSupernet)
    {
        Title = "All ranges of a region fit in one range that is the region's own",
        Why = "Without it the region cannot be announced as one summary: static fall-back routes multiply, "
            + "and a VPC that is added later needs changes in every other region.",
        Mend = "Number a region's networks out of one block, such as 10.10.0.0/16, and keep the rest of it "
            + "free.",
        Source = RuleSources.MultiCloudPractices,
    };

    private static readonly NetworkRule AttachmentSubnet = new("ADR-009", Warning, CheckAttachmentSubnets)
    {
        Title = "A transit gateway has its own subnet, /28 or larger, in every zone that is used",
        Why = "Subnets that are shared with workloads share their route table and NACL too, so that rules "
            + "for one bend the other's traffic; smaller ones leave AWS no address for its interfaces.",
        Mend = "Add one subnet of /28 a zone for the attachment, or leave the subnets to be derived.",
        Source = RuleSources.TransitGateway,
    };

    private static readonly NetworkRule ReservedByGoogle = new("ADR-010", Warning, CheckReserved)
    {
        Title = "No range covers addresses that Google uses itself",
        Why = "35.191.0.0/16 and 130.211.0.0/22 are the sources of health checks, 199.36.153.0/24 reaches "
            + "Google's APIs, and 169.254.169.254 is the metadata server: a route to elsewhere cuts them "
            + "off.",
        Mend = "Number the network out of private ranges (RFC 1918 §3).",
        Source = RuleSources.GoogleFirewall,
    };

    public static IEnumerable<NetworkRule> All =>
    [
        NoOverlap, TunnelRange, TunnelRangeOnce, SessionSubnet, CandidateSubnets, ConnectPeerRange, IdentifierRange,
        Supernet, AttachmentSubnet, ReservedByGoogle,
    ];

    private static readonly IPNetwork LinkLocal = IPNetwork.Parse("169.254.0.0/16");

    private static readonly IPNetwork LinkLocalV6 = IPNetwork.Parse("fdff:1::/64");

    private static readonly ImmutableArray<IPNetwork> KeptByAmazon =
    [
        .. new[]
        {
            "169.254.0.0/30", "169.254.1.0/30", "169.254.2.0/30", "169.254.3.0/30", "169.254.4.0/30",
            "169.254.5.0/30", "169.254.169.252/30",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly ImmutableArray<(IPNetwork Range, string Use)> UsedByGoogle =
    [
        (IPNetwork.Parse("35.191.0.0/16"), "health checks"),
        (IPNetwork.Parse("130.211.0.0/22"), "health checks"),
        (IPNetwork.Parse("199.36.153.0/24"), "Google's APIs"),
        (IPNetwork.Parse("169.254.169.254/32"), "the metadata server"),
    ];

    private static IEnumerable<Fault> CheckOverlap(Network network)
    {
        foreach (var (first, second) in Networks(network).ToList().Pairs())
        {
            if (first.Range.Overlaps(second.Range) && first.Element.Id != second.Element.Id)
            {
                yield return Fault.At(
                    second.Element, second.Key,
                    $"{second.Range} of {second.Element} overlaps {first.Range} of {first.Element}",
                    "Write a range of its own, or none.");
            }
        }

        foreach (var fault in network.AwsSubnets.Pairs()
            .Where(pair => pair.First.Vpc == pair.Second.Vpc && pair.First.Range.Overlaps(pair.Second.Range))
            .Select(pair => Fault.At(
                pair.Second, "range",
                $"{pair.Second.Range} of {pair.Second} overlaps {pair.First.Range} of {pair.First}",
                "Write a range of its own, or none.")))
        {
            yield return fault;
        }
    }

    /// <summary>Everything that must be told apart by its addresses.</summary>
    private static IEnumerable<(NetworkElement Element, string Key, IPNetwork Range)> Networks(Network network) =>
    [
        .. network.GoogleSubnets.Select(subnet => ((NetworkElement)subnet, "range", subnet.Range)),
        .. network.Vpcs.Select(vpc => ((NetworkElement)vpc, "awsRange", vpc.Range)),
        .. network.TransitGateways.SelectMany(gateway =>
            gateway.Cidrs.Select(range => ((NetworkElement)gateway, "cidrs", range))),
        .. network.Carriers.SelectMany(carrier =>
            carrier.Sources.Select(range => ((NetworkElement)carrier, "sources", range))),
    ];

    private static IEnumerable<Fault> CheckTunnelRange(Network network) =>
        from tunnel in network.Tunnels
        let range = tunnel.InsideRange
        let reason = range.PrefixLength != 30 ? "is not a /30"
            : !LinkLocal.Covers(range) ? "is outside 169.254.0.0/16"
            : KeptByAmazon.Any(kept => kept.Overlaps(range)) ? "is one that AWS keeps for itself"
            : null
        where reason is not null
        select Fault.At(
            tunnel, "insideRange", $"{range}, the inside of {tunnel}, {reason}",
            "Write a /30 such as 169.254.10.0/30, or none.");

    private static IEnumerable<Fault> CheckTunnelRangeOnce(Network network) =>
        from gateway in network.Tunnels.GroupBy(tunnel =>
            network.VpnConnections.WithId(tunnel.VpnConnection)?.TransitGateway)
        from pair in gateway.ToList().Pairs()
        where pair.First.InsideRange.Overlaps(pair.Second.InsideRange)
        select Fault.At(
            pair.Second, "insideRange",
            $"{pair.Second.InsideRange} of {pair.Second} is used by {pair.First} too",
            "Write another /30, or none.");

    private static IEnumerable<Fault> CheckSessionSubnet(Network network)
    {
        foreach (var session in network.Sessions)
        {
            if (session is { Local.Address: { } local, Remote.Address: { } remote }
                && WhyNotLinkLocal(session, local, remote) is { } reason)
            {
                yield return Fault.At(
                    session, "googleAddress",
                    $"{session} runs between {local} and {remote}: {reason}",
                    "Write two hosts of one subnet such as 169.254.100.0/29, or none.");
            }
        }
    }

    private static string? WhyNotLinkLocal(BgpSession session, InterfaceAddress local, InterfaceAddress remote)
    {
        var isAtCloudRouter = session.Interface is not null;
        var isLinkLocal = LinkLocal.Covers(local.Network) || LinkLocalV6.Covers(local.Network);
        return local.Network != remote.Network ? "they are not in the same subnet"
            : local.Address.Equals(remote.Address) ? "both ends have the same address"
            : isAtCloudRouter && !isLinkLocal ? "the subnet is not link-local"
            : KeptByAmazon.Any(kept => kept.Overlaps(local.Network)) ? "AWS keeps this range for itself"
            : null;
    }

    private static IEnumerable<Fault> CheckCandidates(Network network)
    {
        foreach (var attachment in network.Attachments)
        {
            if (attachment.CandidateSubnets.Length > CandidatesMax)
            {
                yield return Fault.At(
                    attachment, "candidateSubnets",
                    $"{attachment} has {attachment.CandidateSubnets.Length} candidate subnets",
                    $"Write at most {CandidatesMax}, or none.");
            }

            foreach (var subnet in attachment.CandidateSubnets)
            {
                if (!LinkLocal.Covers(subnet) || subnet.PrefixLength > 29)
                {
                    yield return Fault.At(
                        attachment, "candidateSubnets", $"{subnet} is no candidate for {attachment}",
                        "Write a /29 of 169.254.0.0/16, or none.");
                }
            }
        }
    }

    private static IEnumerable<Fault> CheckIdentifierRange(Network network)
    {
        foreach (var router in network.Routers)
        {
            if (router.IdentifierRange is not { } range)
            {
                continue;
            }

            if (range.PrefixLength > 30)
            {
                yield return Fault.At(
                    router, "identifierRange", $"{range} of {router} is smaller than a /30",
                    "Write a /30 or larger, or none.");
            }

            if (network.Sessions.FirstOrDefault(session => session.Local.Speaker == router.Id
                && session.Local.Address is { } address && address.Network.Overlaps(range)) is { } user)
            {
                yield return Fault.At(
                    router, "identifierRange", $"{range} of {router} is used by {user}",
                    "Write a range that no session uses, or none.");
            }
        }
    }

    private static IEnumerable<Fault> CheckSupernet(Network network)
    {
        foreach (var region in network.Regions)
        {
            var networks = network.GoogleSubnets.Of(region)
                .Select(subnet => ((NetworkElement)subnet, subnet.Range))
                .Concat(network.Vpcs.Of(region).Select(vpc => ((NetworkElement)vpc, vpc.Range)));
            foreach (var (element, range) in networks.Where(each => !region.Supernet.Covers(each.Range)))
            {
                yield return Fault.At(
                    element, "range", $"{range} of {element} is outside {region.Supernet}, the range of {region}",
                    "Number it out of the region's range.");
            }
        }

        foreach (var (first, second) in network.Regions.Pairs()
            .Where(pair => pair.First.Supernet.Overlaps(pair.Second.Supernet)))
        {
            yield return Fault.At(
                second, "supernet",
                $"{second.Supernet} of {second} overlaps {first.Supernet} of {first}: neither can be summarised",
                "Give each region a range of its own.");
        }
    }

    private static IEnumerable<Fault> CheckAttachmentSubnets(Network network)
    {
        foreach (var attachment in network.TransitAttachments)
        {
            var origin = network.Vpcs.WithId(attachment.Resource)?.Origin ?? attachment.Origin;
            var subnets = attachment.Subnets.Select(id => network.AwsSubnets.WithId(id)).OfType<AwsSubnet>().ToList();
            foreach (var subnet in subnets)
            {
                var reason = subnet.Purpose != AwsSubnetPurpose.TransitAttachment ? "is shared with other machines"
                    : subnet.Range.PrefixLength > 28 ? $"is a /{subnet.Range.PrefixLength}"
                    : null;
                if (reason is not null)
                {
                    yield return new Fault(
                        origin, attachment.Id, "attachmentSubnets", $"{subnet} of {attachment} {reason}",
                        "Give the attachment a /28 of its own in each zone.");
                }
            }

            foreach (var zone in subnets.Shared(subnet => subnet.Zone))
            {
                yield return new Fault(
                    origin, attachment.Id, "attachmentSubnets",
                    $"{attachment} has {zone.Count()} subnets in {zone.Key}",
                    "Keep one in each zone.");
            }
        }
    }

    private static IEnumerable<Fault> CheckReserved(Network network) =>
        from each in Networks(network)
        from used in UsedByGoogle
        where each.Element is not Carrier && each.Range.Overlaps(used.Range)
        select Fault.At(
            each.Element, each.Key, $"{each.Range} of {each.Element} covers {used.Range}, which {used.Use} use",
            "Take a private range.");
}
