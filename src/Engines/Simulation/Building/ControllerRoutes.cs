using Farspan.Topology;

namespace Farspan.Simulation;

/// <summary>
/// What a controller writes when a region's links are gone: the regions' summaries over the peerings, as
/// the file would have them with summaries as its fallback. It leaves allowed prefixes alone; they take too
/// long.
/// </summary>
internal static class ControllerRoutes
{
    public static Network Add(Network network) => network with
    {
        TransitTables = [.. network.TransitTables.Select(table => table with
        {
            StaticRoutes = [.. table.StaticRoutes, .. Routes(network, table)],
        })],
    };

    private static IEnumerable<TransitGatewayRoute> Routes(Network network, TransitGatewayTable table)
    {
        var here = network.TransitGateways.First(gateway => gateway.Id == table.TransitGateway);
        var own = network.Regions.FirstOrDefault(region => region.AwsRegion == here.AwsRegion);
        foreach (var region in network.Regions)
        {
            var through = region == own
                ? network.Regions.FirstOrDefault(other => other.Name == own.Fallback)
                : region;
            if (through is not null && PeeringTo(network, here, through) is { } attachment)
            {
                yield return new TransitGatewayRoute
                {
                    Id = $"{table.Id}/{region.Supernet}",
                    Name = $"{region.Supernet}",
                    Region = table.Region,
                    Origin = table.Origin,
                    Prefix = region.Supernet,
                    Attachment = attachment.Id,
                };
            }
        }
    }

    private static TransitGatewayAttachment? PeeringTo(Network network, TransitGateway here, Region there)
    {
        var peering = network.Peerings.FirstOrDefault(p =>
            p.Fallback == PeeringFallback.Controller
            && ((p.Requester == here.Id && RegionOf(network, p.Accepter) == there.AwsRegion)
                || (p.Accepter == here.Id && RegionOf(network, p.Requester) == there.AwsRegion)));
        return peering is null ? null : network.TransitAttachments.FirstOrDefault(a =>
            a.TransitGateway == here.Id && a.Resource == peering.Id);
    }

    private static string? RegionOf(Network network, string transitGateway) =>
        network.TransitGateways.FirstOrDefault(gateway => gateway.Id == transitGateway)?.AwsRegion;
}
