using System.Collections.Immutable;
using Farspan.Topology;

namespace Farspan.Simulation;

/// <summary>
/// What one event takes away together: places, zones, regions, providers, and sites as a whole.
/// </summary>
internal static class RiskGroups
{
    public static ImmutableArray<RiskGroup> Of(Network network, ElementCatalog catalog)
    {
        var groups = new List<(string Id, string Kind, IEnumerable<string?> Members)>();
        groups.AddRange(Links(network));
        groups.AddRange(Zones(network));
        groups.AddRange(Regions(network));
        groups.AddRange(network.Edges.Select(edge => (edge.Id, "site", Units(edge))));
        groups.AddRange(network.Connectors.Select(connector => (connector.Id, "site", Units(connector))));
        groups.AddRange(network.Carriers.GroupBy(carrier => carrier.Provider)
            .Where(provider => provider.Key.Length > 0 && provider.Count() > 1)
            .Select(provider => ($"provider/{provider.Key}", "provider", provider.Select(c => (string?)c.Id))));
        return
        [
            .. groups.GroupBy(group => (group.Id, group.Kind))
                .Select(same => new RiskGroup(
                    same.Key.Id, same.Key.Kind, catalog.Of(same.SelectMany(group => group.Members))))
                .Where(group => group.Members.Length > 0),
        ];
    }

    /// <summary>The zones of an edge's or a connector's machines, which are dealt out in turn.</summary>
    public static string ZoneOf(ImmutableArray<string> zones, int unit) =>
        zones.IsEmpty ? "" : zones[unit % zones.Length];

    public static ImmutableArray<string> ZonesOf(Network network, Connector connector) =>
    [
        .. connector.Subnets.Select(id => network.AwsSubnets.FirstOrDefault(s => s.Id == id)?.Zone)
            .OfType<string>().Distinct(),
    ];

    private static IEnumerable<string?> Units(Edge edge) => ElementCatalog.UnitsOf(edge.Id, edge.InstancesMin);

    private static IEnumerable<string?> Units(Connector connector) =>
        ElementCatalog.UnitsOf(connector.Id, connector.InstancesDesired);

    private static IEnumerable<(string, string, IEnumerable<string?>)> Links(Network network)
    {
        foreach (var region in network.Regions)
        {
            var links = network.Links.Where(link => link.Region == region.Name).Select(link => (string?)link.Id);
            yield return ($"links/{region.Name}", "links", links);
        }

        foreach (var link in network.Links)
        {
            foreach (var group in link.Risk.Groups)
            {
                // A zone of a metropolitan area and a zone of a cloud's region are different things.
                var kind = group.Split('/')[0];
                var (id, name) = kind == "zone"
                    ? ($"metro-{group}", "metro zone")
                    : (group, kind.Replace('-', ' '));
                yield return (id, name, [link.Id]);
            }
        }
    }

    private static IEnumerable<(string, string, IEnumerable<string?>)> Zones(Network network)
    {
        foreach (var edge in network.Edges)
        {
            foreach (var (i, unit) in Units(edge).Index())
            {
                yield return ($"zone/{Full(ZoneOf(edge.Zones, i), edge.GoogleRegion)}", "zone", [unit]);
            }
        }

        foreach (var connector in network.Connectors)
        {
            var zones = ZonesOf(network, connector);
            foreach (var (i, unit) in Units(connector).Index())
            {
                yield return ($"zone/{Full(ZoneOf(zones, i), connector.AwsRegion)}", "zone", [unit]);
            }
        }
    }

    private static string Full(string zone, string region) =>
        zone.StartsWith(region, StringComparison.Ordinal) ? zone : $"{region}-{zone}";

    private static IEnumerable<(string, string, IEnumerable<string?>)> Regions(Network network)
    {
        foreach (var region in network.Regions.DistinctBy(r => r.GoogleRegion))
        {
            yield return ($"google-region/{region.GoogleRegion}", "google region",
            [
                .. network.Edges.Where(e => e.GoogleRegion == region.GoogleRegion).SelectMany(Units),
                .. network.LoadBalancers.Where(l => l.GoogleRegion == region.GoogleRegion).Select(l => l.Id),
                .. network.Routers.Where(r => r.GoogleRegion == region.GoogleRegion).Select(r => r.Id),
                .. network.PartnerTransports.Where(t => t.GoogleRegion == region.GoogleRegion).Select(t => t.Id),
                .. network.HaVpnGateways.Where(g => g.GoogleRegion == region.GoogleRegion).Select(g => g.Id),
            ]);
        }

        foreach (var region in network.Regions.DistinctBy(r => r.AwsRegion))
        {
            yield return ($"aws-region/{region.AwsRegion}", "AWS region",
            [
                .. network.Connectors.Where(c => c.AwsRegion == region.AwsRegion).SelectMany(Units),
                .. network.TransitGateways.Where(t => t.AwsRegion == region.AwsRegion).Select(t => t.Id),
                .. network.ConnectInstances.Where(i => i.AwsRegion == region.AwsRegion).Select(i => i.Id),
                $"controller/{region.AwsRegion}",
            ]);
        }
    }
}
