using System.Net;
using static Farspan.Topology.FindingSeverity;

namespace Farspan.Topology;

/// <summary>LNK: Direct Connect gateways.</summary>
internal static class DirectConnectRules
{
    private static readonly NetworkRule AllowedPrefixes = new("LNK-006", Error, CheckAllowedPrefixes)
    {
        Title = "An association of a transit gateway lists its allowed prefixes",
        Why = "AWS demands the list, and announces exactly what is in it: without it Google learns no way "
            + "to the VPCs.",
        Mend = "List the VPCs' ranges of the region and the summary that backs up the other region.",
        Source = RuleSources.DirectConnectTransit,
    };

    private static readonly NetworkRule PrefixTooWide = new("LNK-007", Warning, CheckPrefixTooWide)
    {
        Title = "Allowed prefixes are no wider than what the region can deliver",
        Why = "They are announced whether or not anything behind them lives. What another region owns, "
            + "announced without a way over the peering, is a black hole.",
        Mend = "Announce the region's own ranges, and foreign ones only as a summary with a static route "
            + "over the peering.",
        Source = RuleSources.DirectConnectTransit,
    };

    private static readonly NetworkRule MixedGateway = new("LNK-008", Error, CheckMixedGateway)
    {
        Title = "A Direct Connect gateway has transit gateways or virtual private gateways, not both",
        Why = "AWS refuses to associate a transit gateway with a gateway that has private virtual "
            + "interfaces.",
        Mend = "Make a second Direct Connect gateway.",
        Source = RuleSources.DirectConnectTransit,
    };

    private static readonly NetworkRule NoTransit = new("LNK-009", Error, CheckTransitThrough)
    {
        Title = "No way leads through a Direct Connect gateway from one transit gateway to another",
        Why = "It passes traffic between virtual interfaces and transit gateways only, never between two "
            + "transit gateways, and between two interfaces with SiteLink only.",
        Mend = "Peer the transit gateways, or turn SiteLink on.",
        Source = RuleSources.DirectConnectTransit,
    };

    public static IEnumerable<NetworkRule> All => [AllowedPrefixes, PrefixTooWide, MixedGateway, NoTransit];

    private static IEnumerable<Fault> CheckAllowedPrefixes(Network network) =>
        from gateway in network.DirectConnectGateways
        from association in gateway.Associations
        where association.AllowedPrefixes.IsEmpty
        select Fault.At(
            gateway, "allowedPrefixes", $"{gateway} may announce nothing of {association.TransitGateway}",
            "List the VPC's range, or leave the key out.");

    private static IEnumerable<Fault> CheckPrefixTooWide(Network network) =>
        from gateway in network.DirectConnectGateways
        from association in gateway.Associations
        from prefix in association.AllowedPrefixes
        let lost = WhatIsLost(network, gateway, association, prefix)
        where lost is not null
        select Fault.At(
            gateway, "allowedPrefixes",
            $"{prefix} is announced for {association.TransitGateway}, {lost}",
            "Take it out, or add a static route over the peering.");

    /// <summary>Why what is announced does not arrive; null if it does.</summary>
    private static string? WhatIsLost(
        Network network, DirectConnectGateway gateway, DirectConnectAssociation association, IPNetwork prefix)
    {
        var reached = network.Vpcs.Where(vpc => vpc.Range.Overlaps(prefix)).ToList();
        if (reached.Count == 0)
        {
            return "and no VPC is in it";
        }

        var attachment = network.TransitAttachments.FirstOrDefault(each =>
            each.TransitGateway == association.TransitGateway && each.Resource == gateway.Id);
        var region = network.TransitGateways.WithId(association.TransitGateway)?.Region;
        var table = attachment is null ? null : network.TableOf(attachment.Id);
        var dead = reached.Find(vpc => vpc.Region != region
            && table?.StaticRouteTo(vpc.Range) is not { Attachment: not null });
        return dead is null ? null : $"which has no way to {dead} in it";
    }

    private static IEnumerable<Fault> CheckMixedGateway(Network network) =>
        from gateway in network.DirectConnectGateways
        where gateway.HasPrivateInterface && !gateway.Associations.IsEmpty
        select Fault.At(
            gateway, "privateInterface",
            $"{gateway} has private virtual interfaces and {gateway.Associations[0].TransitGateway}",
            "Make another Direct Connect gateway for one of them.");

    private static IEnumerable<Fault> CheckTransitThrough(Network network) =>
        from gateway in network.DirectConnectGateways
        where gateway.ExpectsTransit
        select Fault.At(
            gateway, "expectsTransit", $"{gateway} is expected to join transit gateways to one another",
            "Peer the transit gateways.");
}
