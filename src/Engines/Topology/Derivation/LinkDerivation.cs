using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>The links between the two halves of a region, by its transport.</summary>
internal static class LinkDerivation
{
    private const int RedundantCount = 4;
    private const int PlainCount = 2;

    public static void Add(NetworkPlan plan, RegionPlan region, NetworkParts parts)
    {
        var links = LinksOf(plan, region);
        switch (region.Element.Transport)
        {
            case LinkTransport.PartnerCrossCloud:
                PartnerLinks.Add(plan, region, links, parts);
                break;
            case LinkTransport.CrossCloud or LinkTransport.Colo:
                InterconnectLinks.Add(plan, links, parts);
                break;
            default:
                VpnLinks.Add(plan, region, links, parts);
                break;
        }
    }

    /// <summary>Those that are written, or as many as the region has by default.</summary>
    private static ImmutableArray<LinkPlan> LinksOf(NetworkPlan plan, RegionPlan region)
    {
        var defaults = plan.Written.Links;
        var written = region.Written.FindNumber(RegionSchema.Links);
        if (written is { } links)
        {
            return [.. links.Select((link, i) => new LinkPlan(plan, region, i, link.Or(defaults), false))];
        }

        var count = defaults.FindNumber(LinkSchema.Count)
            ?? (region.Element.Transport is LinkTransport.PartnerCrossCloud or LinkTransport.HaVpn
                ? RedundantCount
                : PlainCount);
        var place = region.Written.Reading;
        return
        [
            .. Enumerable.Range(0, count)
                .Select(i => new LinkPlan(plan, region, i, Nothing(i).Or(defaults), true)),
        ];

        Written Nothing(int index)
        {
            var node = new ConfigurationNode.Mapping(place.Node.Place, []);
            return new Written(new SectionValues(place.At(node, $"links[{index}]")));
        }
    }
}
