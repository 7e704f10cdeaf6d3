using static Farspan.Topology.FindingSeverity;

namespace Farspan.Topology;

/// <summary>BGP: what is announced, how much of it, and which of two ways is taken.</summary>
internal static class BgpRouteRules
{
    private static readonly NetworkRule PrefixLimit = new("BGP-015", Error, CheckPrefixLimit)
    {
        Title = "No more prefixes are announced than the other end takes",
        Why = "A transit virtual interface takes 100 prefixes of each address family and then puts the "
            + "whole session to Idle; a transit gateway announces at most 200 allowed prefixes to a Direct "
            + "Connect gateway.",
        Mend = "Announce summaries instead of single networks.",
        Source = RuleSources.DirectConnectLimits,
    };

    private static readonly NetworkRule RouterLimit = new("BGP-016", Error, CheckRouterLimit)
    {
        Title = "At most 5 Cloud Routers per network and region, and 128 peers per router",
        Why = "Google refuses more.",
        Mend = "Let several sessions share one router.",
        Source = RuleSources.CloudRouter + "/quotas",
    };

    private static readonly NetworkRule PathChoice = new("BGP-017", Warning, CheckPathChoice)
    {
        Title = "Priorities say whether links share the load or stand by",
        Why = "Equal priorities share the traffic over both links, different ones use one only. If the "
            + "file wants the other, half of the capacity lies idle, or a link that should stand by "
            + "carries calls.",
        Mend = "Write equal priorities, or a link that carries the peak alone.",
        Source = RuleSources.CloudRouterLearned + "; RFC 4271 §9.1.2.2",
    };

    private static readonly NetworkRule TrafficLever = new("BGP-018", Warning, CheckTrafficLever)
    {
        Title = "The way there and the way back prefer the same link",
        Why = "The priority that we announce (MED) steers what AWS sends to us, the one that AWS announces "
            + "what we send. If only one of them is set, calls leave over one link and return over the "
            + "other, and a loss halves both.",
        Mend = "Set the priority of both directions, or of neither.",
        Source = RuleSources.MultiCloudPractices + "; RFC 4271 §5.1.4",
    };

    private static readonly NetworkRule BackupMoreSpecific = new("BGP-022", Warning, CheckSpecificBackup)
    {
        Title = "A backup way does not announce longer prefixes than the main one",
        Why = "The longest prefix wins before anything else is compared: a VPN that announces a /24 takes "
            + "the traffic away from a Direct Connect link that announces the /16.",
        Mend = "Announce the same prefixes over both, or shorter ones over the backup.",
        Source = RuleSources.TransitGateway + "; RFC 4271 §9.1.3",
    };

    private static readonly NetworkRule Advertised = new("BGP-023", Error, CheckAdvertised)
    {
        Title = "A Cloud Router announces the networks that AWS must answer",
        Why = "In custom mode it announces what is listed and nothing else: without the edges' subnets AWS "
            + "has no way back, and every call has audio in one direction at most.",
        Mend = "Add `all-subnets`, or the ranges of the edges, to what is announced.",
        Source = RuleSources.CloudRouter + "/concepts/advertised-routes",
    };

    public static IEnumerable<NetworkRule> All =>
    [
        PrefixLimit, RouterLimit, PathChoice, TrafficLever, BackupMoreSpecific, Advertised,
    ];

    /// <summary>Prefixes of one address family that a transit virtual interface takes.</summary>
    private const int VirtualInterfacePrefixesMax = 100;

    /// <summary>Allowed prefixes of one transit gateway.</summary>
    private const int AllowedPrefixesMax = 200;

    private const int RoutersMax = 5;

    private const int PeersMax = 128;

    private static IEnumerable<Fault> CheckPrefixLimit(Network network)
    {
        foreach (var session in network.Sessions)
        {
            var count = network.DirectConnectGateways.WithId(session.Remote.Speaker) is null
                ? 0
                : network.Announced(session).Distinct().Count();
            if (count > VirtualInterfacePrefixesMax)
            {
                yield return Fault.At(
                    session, "advertised", $"{session} announces {count} prefixes",
                    $"Announce {VirtualInterfacePrefixesMax} or fewer: one summary for each region.");
            }
        }

        foreach (var (gateway, association) in network.DirectConnectGateways.SelectMany(gateway =>
            gateway.Associations.Select(association => (gateway, association))))
        {
            if (association.AllowedPrefixes.Length > AllowedPrefixesMax)
            {
                yield return Fault.At(
                    gateway, "allowedPrefixes",
                    $"{association.TransitGateway} has {association.AllowedPrefixes.Length} allowed prefixes",
                    $"List {AllowedPrefixesMax} or fewer.");
            }
        }
    }

    private static IEnumerable<Fault> CheckRouterLimit(Network network)
    {
        foreach (var routers in network.Routers.Shared(router => router.GoogleRegion))
        {
            if (routers.Count() > RoutersMax)
            {
                yield return Fault.At(
                    routers.Last(), "router", $"{routers.Key} has {routers.Count()} Cloud Routers",
                    $"Keep {RoutersMax} or fewer.");
            }
        }

        foreach (var router in network.Routers)
        {
            var count = network.Sessions.Count(session => session.Local.Speaker == router.Id);
            if (count > PeersMax)
            {
                yield return Fault.At(
                    router, "router", $"{router} has {count} BGP peers", $"Keep {PeersMax} or fewer.");
            }
        }
    }

    private static IEnumerable<Fault> CheckPathChoice(Network network)
    {
        foreach (var region in network.Regions)
        {
            var (preferred, standby) = SplitByPriority(network, region);
            var needed = NetworkLoad.BandwidthMbps(NetworkLoad.CallsAtWorst(network, region));
            var left = preferred.Sum(link => link.BandwidthMbps);
            if (standby.Count > 0 && left < needed)
            {
                yield return Fault.At(
                    region, "links",
                    $"priorities leave {string.Join(", ", standby)} idle, and the other links of {region} have"
                    + $" {left} Mbit/s for a peak of {needed:0}",
                    "Write equal priorities.");
            }
        }
    }

    private static IEnumerable<Fault> CheckTrafficLever(Network network)
    {
        foreach (var region in network.Regions)
        {
            var (preferred, standby) = SplitByPriority(network, region);
            if (standby.Count > 0)
            {
                yield return Fault.At(
                    region, "links",
                    $"AWS returns over {string.Join(", ", preferred)} only, Google sends over"
                    + $" {string.Join(", ", standby)} too",
                    "Write equal priorities, or take the link that stands by out of both directions.");
            }
        }
    }

    /// <summary>The links that AWS sends over, and those that it leaves idle because of a worse MED.</summary>
    private static (List<Link> Preferred, List<Link> Standby) SplitByPriority(Network network, Region region)
    {
        var ranked = (from link in network.Links.Of(region)
                      let session = network.Sessions.WithId(link.Sessions.FirstOrDefault())
                      where session is { IsEnabled: true } && session.Kind != BgpSessionKind.Managed
                      select (link, session.AdvertisedPriority)).ToList();
        var best = ranked.Select(each => each.AdvertisedPriority).DefaultIfEmpty().Min();
        return (
            ranked.Where(each => each.AdvertisedPriority == best).Select(each => each.link).ToList(),
            ranked.Where(each => each.AdvertisedPriority != best).Select(each => each.link).ToList());
    }

    private static IEnumerable<Fault> CheckSpecificBackup(Network network)
    {
        foreach (var session in network.Sessions.Where(session => !session.AdvertisedRanges.IsEmpty))
        {
            foreach (var other in network.Sessions.Where(each => each.Region == session.Region && each != session))
            {
                var theirs = network.Announced(other).ToList();
                var longer = session.AdvertisedRanges.FirstOrDefault(range => !theirs.Contains(range)
                    && theirs.Exists(wide => wide.Covers(range)));
                if (longer.PrefixLength > 0)
                {
                    yield return Fault.At(
                        session, "advertised",
                        $"{longer} of {session} lies inside what {other} announces, and takes its traffic away",
                        $"Announce {theirs.First(wide => wide.Covers(longer))} over both.");
                }
            }
        }
    }

    private static IEnumerable<Fault> CheckAdvertised(Network network)
    {
        foreach (var region in network.Regions)
        {
            var told = network.Sessions.Of(region)
                .Where(session => session is { IsEnabled: true, Interface: not null })
                .Select(session => (Element: (NetworkElement)session, Ranges: network.Announced(session).ToList()))
                .Concat(network.PartnerTransports.Of(region)
                    .Select(transport => ((NetworkElement)transport, transport.AdvertisedRanges.ToList())));
            var subnets = network.EdgeSubnets().Where(subnet => subnet.Region == region.Name).ToList();
            foreach (var (element, ranges) in told)
            {
                if (subnets.Find(subnet => !ranges.Exists(range => range.Covers(subnet.Range))) is { } mute)
                {
                    yield return Fault.At(
                        element, "advertisedRanges",
                        $"{element} does not announce {mute.Range} of {mute}: AWS cannot answer the edges there",
                        $"Add {mute.Range} or all subnets.");
                }
            }
        }
    }
}
