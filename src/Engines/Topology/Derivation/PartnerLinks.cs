using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>Partner Cross-Cloud Interconnect: a managed bundle, spread over two facilities.</summary>
internal static class PartnerLinks
{
    private const int LinksOfFacility = 2;

    public static void Add(
        NetworkPlan plan, RegionPlan region, ImmutableArray<LinkPlan> links, NetworkParts parts)
    {
        if (links.IsEmpty)
        {
            return;
        }

        var transport = Transport(plan, region, links);
        parts.PartnerTransports.Add(transport);
        foreach (var link in links)
        {
            var session = SessionDerivation.Make(
                link,
                $"bgp/{link.OnGoogle}",
                BgpSessionKind.Managed,
                SessionDerivation.Near(link, transport.Id, LinkRates.GoogleAsn, null),
                SessionDerivation.Far(
                    link, region.DirectConnectGateway, AwsDerivation.GatewayAsn(plan, region), null));
            parts.Sessions.Add(session);
            parts.Links.Add(link.Make(transport.Id, region.DirectConnectGateway, [session.Id]) with
            {
                PartnerTransport = transport.Id,
                BandwidthMbps = transport.BandwidthMbps / links.Length,
                Risk = RiskOf(link),
            });
        }
    }

    private static PartnerTransport Transport(
        NetworkPlan plan, RegionPlan region, ImmutableArray<LinkPlan> links)
    {
        var router = region.Inside(RegionSchema.Router);
        var isCustom = router.Get(RouterSchema.Advertise) == AdvertiseMode.Custom;
        return new PartnerTransport
        {
            Id = $"transport/{region.Google}",
            Name = $"{plan.Prefix}-transport-{region.Google}",
            Region = region.Name,
            Origin = plan.Written.Links.Origin.Derived(),
            GoogleRegion = region.Google,
            AwsRegion = region.Aws,
            BandwidthMbps = links[0].Bandwidth,
            AdvertisedRanges = isCustom ? router.Get(RouterSchema.AdvertisedRanges) : plan.GoogleRanges,
            DirectConnectGateway = region.DirectConnectGateway,
            RemoteProfile = $"aws-{region.Aws}",
            Links = [.. links.Select(link => link.Id)],
        };
    }

    /// <summary>The providers promise two facilities, each with two routers.</summary>
    private static SharedRisk RiskOf(LinkPlan link)
    {
        if (!link.IsDerived)
        {
            return link.Risk;
        }

        var facility = 1 + (link.Index / LinksOfFacility);
        return SharedRisk.None with { Metro = link.In.Google, Zone = $"facility-{facility}" };
    }
}
