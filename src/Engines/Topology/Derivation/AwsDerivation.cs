using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>AWS's half without its routing: gateways and VPCs.</summary>
internal static class AwsDerivation
{
    public static void Add(NetworkPlan plan, NetworkParts parts)
    {
        foreach (var region in plan.Regions)
        {
            parts.TransitGateways.Add(TransitGateway(plan, region));
            parts.Vpcs.Add(Vpc(plan, region));
            SubnetDerivation.Add(plan, region, parts);
            parts.SecurityGroups.Add(ConnectorFilters.SecurityGroup(plan, region));
            parts.NetworkAcls.Add(ConnectorFilters.NetworkAcl(plan, region));
        }

        var sharing = plan.Regions.Where(region => region.HasDirectConnect)
            .GroupBy(region => region.DirectConnectGateway);
        parts.DirectConnectGateways.AddRange(sharing.Select(group => DirectConnectGateway(plan, [.. group])));
    }

    public static uint TransitAsn(NetworkPlan plan, RegionPlan region) =>
        region.Inside(RegionSchema.TransitGateway).FindNumber(TransitGatewaySchema.Asn)
        ?? plan.TransitGatewayAsn(region);

    /// <summary>
    /// Of the Direct Connect gateway; where regions share one, the first that says it decides.
    /// </summary>
    public static uint GatewayAsn(NetworkPlan plan, RegionPlan region)
    {
        var sharing = plan.Regions.Where(other =>
            other.HasDirectConnect && other.DirectConnectGateway == region.DirectConnectGateway);
        return sharing
            .Select(other => other.Inside(RegionSchema.DirectConnectGateway)
                .FindNumber(DirectConnectGatewaySchema.Asn))
            .FirstOrDefault(asn => asn is not null)
            ?? plan.DirectConnectGatewayAsn(sharing.First());
    }

    private static DirectConnectGateway DirectConnectGateway(
        NetworkPlan plan, ImmutableArray<RegionPlan> regions)
    {
        var first = regions[0];
        var gateways = regions.Select(region => region.Inside(RegionSchema.DirectConnectGateway)).ToArray();
        return new DirectConnectGateway
        {
            Id = first.DirectConnectGateway,
            Name = $"{plan.Prefix}-dxgw-{first.DirectConnectGatewayName}",
            Region = regions.Length == 1 ? first.Name : "",
            Origin = first.OriginOf(RegionSchema.DirectConnectGateway),
            Asn = GatewayAsn(plan, first),
            Associations = [.. regions.Select(region => Association(plan, region))],
            HasPrivateInterface = gateways.Any(g => g.Get(DirectConnectGatewaySchema.PrivateInterface)),
            HasSiteLink = gateways.Any(g => g.Get(DirectConnectGatewaySchema.SiteLink)),
            ExpectsTransit = gateways.Any(g => g.Get(DirectConnectGatewaySchema.ExpectsTransit)),
        };
    }

    /// <summary>The summary lets other regions' traffic in when their own links are gone.</summary>
    private static DirectConnectAssociation Association(NetworkPlan plan, RegionPlan region)
    {
        var written = region.Inside(RegionSchema.DirectConnectGateway)
            .FindNumber(DirectConnectGatewaySchema.AllowedPrefixes);
        var own = region.Element.AwsRange;
        return new DirectConnectAssociation(
            region.TransitGateway, written ?? (plan.HasFallback ? [own, plan.Pool] : [own]));
    }

    private static TransitGateway TransitGateway(NetworkPlan plan, RegionPlan region)
    {
        var gateway = region.Inside(RegionSchema.TransitGateway);
        return new TransitGateway
        {
            Id = region.TransitGateway,
            Name = $"{plan.Prefix}-tgw-{region.Aws}",
            Region = region.Name,
            Origin = region.OriginOf(RegionSchema.TransitGateway),
            AwsRegion = region.Aws,
            Asn = TransitAsn(plan, region),
            Cidrs = gateway.Get(TransitGatewaySchema.Cidrs),
            HasVpnEcmp = gateway.Get(TransitGatewaySchema.VpnEcmp),
            HasDefaultAssociation = gateway.Get(TransitGatewaySchema.DefaultAssociation),
            HasDefaultPropagation = gateway.Get(TransitGatewaySchema.DefaultPropagation),
            HasFlowLogs = gateway.Get(TransitGatewaySchema.FlowLogs),
        };
    }

    private static AwsVpc Vpc(NetworkPlan plan, RegionPlan region) => new()
    {
        Id = region.Vpc,
        Name = $"{plan.Prefix}-vpc-{region.Aws}",
        Region = region.Name,
        Origin = region.OriginOf(RegionSchema.Vpc).Or(region.Written.Origin),
        AwsRegion = region.Aws,
        Range = region.Element.AwsRange,
        HasFlowLogs = region.Inside(RegionSchema.Vpc).Get(VpcSchema.FlowLogs),
    };
}
