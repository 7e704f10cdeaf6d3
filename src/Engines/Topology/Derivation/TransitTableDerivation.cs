using System.Collections.Immutable;
using System.Net;

namespace Farspan.Topology;

/// <summary>
/// A transit gateway's route tables. With summaries, each table has a static route for every region's
/// supernet:
/// less specific than what is propagated, so it only counts when the propagated route is gone.
/// </summary>
internal static class TransitTableDerivation
{
    private const string MainTable = "main";

    public static IEnumerable<TransitGatewayTable> TablesOf(
        NetworkPlan plan, RegionPlan region, ImmutableArray<TransitGatewayAttachment> attachments)
    {
        var gateway = region.Inside(RegionSchema.TransitGateway);
        var origin = region.OriginOf(RegionSchema.TransitGateway).Derived();
        return gateway.FindNumber(TransitGatewaySchema.Tables) is { } written
            ? written.Select(table => Make(plan, region, table, table.Origin, attachments))
            : [Make(plan, region, null, origin, attachments)];
    }

    private static TransitGatewayTable Make(
        NetworkPlan plan, RegionPlan region, Written? table, Origin origin,
        ImmutableArray<TransitGatewayAttachment> attachments)
    {
        var name = table?.Get(TransitTableSchema.Name) ?? MainTable;
        var id = $"tgw-table/{region.Aws}/{name}";
        var teaching = attachments.Where(item => item.Kind != TransitGatewayAttachmentKind.Peering);
        return new TransitGatewayTable
        {
            Id = id,
            Name = $"{plan.Prefix}-{region.Aws}-{name}",
            Region = region.Name,
            Origin = origin,
            TransitGateway = region.TransitGateway,
            Associations = Find(table, TransitTableSchema.Associations, attachments)
                ?? [.. attachments.Select(item => item.Id)],
            Propagations = Find(table, TransitTableSchema.Propagations, attachments)
                ?? [.. teaching.Select(item => item.Id)],
            StaticRoutes = table?.FindNumber(TransitTableSchema.Routes) is { } routes
                ?
                [
                    .. routes.Select(route => Route(region, name, route, attachments))
                        .OfType<TransitGatewayRoute>(),
                ]
                : [.. Summaries(plan, region, name, origin.Derived())],
        };
    }

    private static ImmutableArray<string>? Find(
        Written? table, Setting<ImmutableArray<string>> setting,
        ImmutableArray<TransitGatewayAttachment> attachments) =>
        table?.FindNumber(setting) is { } names
            ? [.. names.Select(name => Find(table, setting, name, attachments)).OfType<string>()]
            : null;

    private static string? Find(
        Written section, Setting setting, string name, ImmutableArray<TransitGatewayAttachment> attachments)
    {
        var found = attachments.FirstOrDefault(item => ShortNameOf(item) == name)?.Id;
        if (found is null)
        {
            Unknown.Report(section, setting, "attachment", name, attachments.Select(ShortNameOf));
        }

        return found;
    }

    private static string ShortNameOf(TransitGatewayAttachment attachment) =>
        attachment.Id[(attachment.Id.LastIndexOf('/') + 1)..];

    private static TransitGatewayRoute? Route(
        RegionPlan region, string table, Written route, ImmutableArray<TransitGatewayAttachment> attachments)
    {
        var to = route.Get(TransitRouteSchema.To);
        var attachment = to == TransitRouteSchema.Blackhole
            ? null
            : Find(route, TransitRouteSchema.To, to, attachments);
        return to != TransitRouteSchema.Blackhole && attachment is null
            ? null
            : Make(region, table, route.Get(TransitRouteSchema.Prefix), attachment, route.Origin);
    }

    private static IEnumerable<TransitGatewayRoute> Summaries(
        NetworkPlan plan, RegionPlan region, string table, Origin origin)
    {
        if (!plan.HasSummaries)
        {
            yield break;
        }

        foreach (var other in plan.Regions)
        {
            var through = other == region ? plan.Find(region.Element.Fallback) : other;
            if (through is not null && through != region)
            {
                var attachment = $"tgw-attachment/{region.Aws}/{through.Aws}";
                yield return Make(region, table, other.Element.Supernet, attachment, origin);
            }
        }
    }

    private static TransitGatewayRoute Make(
        RegionPlan region, string table, IPNetwork prefix, string? attachment, Origin origin) => new()
        {
            Id = $"tgw-route/{region.Aws}/{table}/{prefix}",
            Name = $"{prefix}",
            Region = region.Name,
            Origin = origin,
            Prefix = prefix,
            Attachment = attachment,
        };
}
