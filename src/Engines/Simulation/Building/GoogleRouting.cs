using System.Collections.Immutable;
using System.Net;
using Farspan.Topology;

namespace Farspan.Simulation;

/// <summary>
/// The VPC network of Google Cloud: in each region the routes that Cloud Routers have learned, those of other
/// regions only with global routing and at a cost; the subnets of all regions are reached from everywhere.
/// </summary>
internal static class GoogleRouting
{
    /// <summary>Google's own limit of equal routes is larger; nobody has so many links.</summary>
    private const int PathsMax = 64;

    /// <summary>Google adds 200 and more to the priority, by a distance that it keeps to itself.</summary>
    private const int CostToFallback = 200;
    private const int CostToNext = 300;
    private const int CostPerStep = 10;

    /// <summary>The table of a region's VPC network.</summary>
    public static string TableOf(string googleRegion) => $"google/{googleRegion}";

    public static void AddTables(RoutingDraft draft)
    {
        var network = draft.Network;
        foreach (var region in Regions(network))
        {
            var isStandard = network.GoogleNetwork.BestPathMode == GoogleBestPathMode.Standard;
            draft.AddTable(new RoutingTable
            {
                Name = TableOf(region),
                Compares = isStandard ? RouteComparison.Bgp : RouteComparison.Metric,
                PathsMax = PathsMax,
            });
            foreach (var subnet in network.GoogleSubnets)
            {
                draft.Builder.Deliver(draft.Table(TableOf(region)), subnet.Range);
            }
        }

        foreach (var (id, asn, _) in Speakers(network))
        {
            draft.AddTable(new RoutingTable
            {
                Name = id, Asn = asn, PathsMax = PathsMax, Elements = draft.Catalog.Of(id),
            });
        }
    }

    public static void AddRoutes(RoutingDraft draft)
    {
        foreach (var (speaker, _, home) in Speakers(draft.Network))
        {
            var inward = draft.Arc(speaker, TableOf(home), speaker, draft.Network.GoogleNetwork.Mtu);
            foreach (var subnet in draft.Network.GoogleSubnets)
            {
                draft.Builder.AddStatic(draft.Table(speaker), subnet.Range, inward, RouteRank.Local);
            }

            foreach (var region in Regions(draft.Network))
            {
                if (region == home || draft.Network.GoogleNetwork.RoutingMode == GoogleRoutingMode.Global)
                {
                    Learn(draft, speaker, region, Cost(draft.Network, region, home));
                }
            }
        }
    }

    /// <summary>What a Cloud Router tells over a session.</summary>
    public static IEnumerable<IPNetwork> Advertised(Network network, BgpSession session)
    {
        if (network.PartnerTransports.FirstOrDefault(t => t.Id == session.Local.Speaker) is { } transport)
        {
            return transport.AdvertisedRanges;
        }

        var router = network.Routers.FirstOrDefault(r => r.Id == session.Local.Speaker);
        if (!session.AdvertisedRanges.IsEmpty || router is null)
        {
            return session.AdvertisedRanges;
        }

        var subnets = network.GoogleSubnets
            .Where(s => network.GoogleNetwork.RoutingMode == GoogleRoutingMode.Global
                || s.GoogleRegion == router.GoogleRegion)
            .Select(s => s.Range);
        return router.AdvertiseMode == AdvertiseMode.Default ? subnets
            : router.AdvertisesAllSubnets ? subnets.Concat(router.AdvertisedRanges)
            : router.AdvertisedRanges;
    }

    private static void Learn(RoutingDraft draft, string speaker, string region, int cost) =>
        draft.Builder.AddFeed(new Feed
        {
            From = draft.Table(speaker),
            To = draft.Table(TableOf(region)),
            Arc = draft.Arc(TableOf(region), speaker, speaker, draft.Network.GoogleNetwork.Mtu),
            Tells = RouteTags.Outside,
            Rank = RouteRank.Static,
            Cost = cost,
        });

    private static ImmutableArray<string> Regions(Network network) =>
        [.. network.Regions.Select(region => region.GoogleRegion).Distinct()];

    private static IEnumerable<(string Id, uint Asn, string GoogleRegion)> Speakers(Network network) =>
        network.Routers
            .Where(router => network.Sessions.Any(session => session.Local.Speaker == router.Id))
            .Select(router => (router.Id, router.Asn ?? 0, router.GoogleRegion))
            .Concat(network.PartnerTransports.Select(t => (t.Id, AsnOf(network, t.Id), t.GoogleRegion)));

    private static uint AsnOf(Network network, string speaker) =>
        network.Sessions.FirstOrDefault(s => s.Local.Speaker == speaker)?.Local.Asn ?? 0;

    private static int Cost(Network network, string from, string to)
    {
        if (from == to)
        {
            return 0;
        }

        var names = network.Regions.Select(region => region.GoogleRegion).ToList();
        var fallback = network.Regions[names.IndexOf(from)].Fallback;
        return network.Regions[names.IndexOf(to)].Name == fallback
            ? CostToFallback
            : CostToNext + (CostPerStep * Math.Abs(names.IndexOf(from) - names.IndexOf(to)));
    }
}
