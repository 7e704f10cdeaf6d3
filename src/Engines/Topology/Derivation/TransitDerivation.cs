using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>The routing of AWS's half: what is plugged into the transit gateways, and their tables.</summary>
internal static class TransitDerivation
{
    private const string CoreNetworkId = "core-network/main";

    public static void Add(NetworkPlan plan, NetworkParts parts)
    {
        AddPeerings(plan, parts);
        AddCoreNetwork(plan, parts);
        foreach (var region in plan.Regions)
        {
            var attachments = AttachmentsOf(plan, region, parts).ToImmutableArray();
            parts.TransitAttachments.AddRange(attachments);
            parts.TransitTables.AddRange(TransitTableDerivation.TablesOf(plan, region, attachments));
        }
    }

    private static void AddPeerings(NetworkPlan plan, NetworkParts parts)
    {
        if (!plan.HasPeerings)
        {
            return;
        }

        foreach (var (index, requester) in plan.Regions.Index())
        {
            parts.Peerings.AddRange(
                plan.Regions.Skip(index + 1).Select(accepter => Peering(plan, requester, accepter)));
        }
    }

    private static TransitGatewayPeering Peering(NetworkPlan plan, RegionPlan requester, RegionPlan accepter)
    {
        var written = plan.Written.CrossRegion;
        return new TransitGatewayPeering
        {
            Id = PeeringOf(requester, accepter),
            Name = $"{plan.Prefix}-peering-{requester.Aws}-{accepter.Aws}",
            Region = "",
            Origin = written.Origin.Derived(),
            Requester = requester.TransitGateway,
            Accepter = accepter.TransitGateway,
            AccepterRegion = written.Find(CrossRegionSchema.AccepterRegion) ?? accepter.Aws,
            PeerAccount = written.Find(CrossRegionSchema.PeerAccount)
                ?? plan.Written.Aws.Find(AwsSchema.Account) ?? "",
            IsAccepted = written.Get(CrossRegionSchema.Accepted),
            ExpectsBgp = written.Get(CrossRegionSchema.ExpectsBgp),
            ExpectsNames = written.Get(CrossRegionSchema.ExpectsNames),
            Fallback = written.Get(CrossRegionSchema.Fallback),
        };
    }

    private static string PeeringOf(RegionPlan a, RegionPlan b) => a.Index < b.Index
        ? $"peering/{a.Aws}/{b.Aws}"
        : $"peering/{b.Aws}/{a.Aws}";

    private static void AddCoreNetwork(NetworkPlan plan, NetworkParts parts)
    {
        if (plan.HasCoreNetwork)
        {
            parts.CoreNetwork = new CoreNetwork
            {
                Id = CoreNetworkId,
                Name = $"{plan.Prefix}-core-network",
                Region = "",
                Origin = plan.Written.CrossRegion.Origin.Derived(),
                Edges = [.. plan.Regions.Select(region => CoreNetworkEdge(plan, region))],
            };
        }
    }

    private static CoreNetworkEdge CoreNetworkEdge(NetworkPlan plan, RegionPlan region) => new(
        region.Aws,
        region.Inside(RegionSchema.TransitGateway).FindNumber(TransitGatewaySchema.CoreNetworkAsn)
            ?? plan.CoreNetworkAsn(region),
        region.TransitGateway);

    private static IEnumerable<TransitGatewayAttachment> AttachmentsOf(
        NetworkPlan plan, RegionPlan region, NetworkParts parts)
    {
        var vpc = Attachment(plan, region, "vpc", TransitGatewayAttachmentKind.Vpc, region.Vpc);
        yield return vpc with { Subnets = SubnetDerivation.AttachmentSubnets(region, parts) };
        if (region.HasDirectConnect)
        {
            yield return Attachment(
                plan, region, "dxgw", TransitGatewayAttachmentKind.DirectConnect,
                region.DirectConnectGateway);
        }

        foreach (var vpn in parts.VpnConnections.Where(vpn => vpn.TransitGateway == region.TransitGateway))
        {
            var name = $"vpn-{vpn.Id[(vpn.Id.LastIndexOf('/') + 1)..]}";
            yield return Attachment(plan, region, name, TransitGatewayAttachmentKind.Vpn, vpn.Id);
        }

        if (plan.HasPeerings)
        {
            foreach (var other in plan.Regions.Where(other => other != region))
            {
                yield return Attachment(
                    plan, region, other.Aws, TransitGatewayAttachmentKind.Peering, PeeringOf(region, other));
            }
        }

        if (plan.HasCoreNetwork)
        {
            yield return Attachment(
                plan, region, "cloud-wan", TransitGatewayAttachmentKind.CoreNetwork, CoreNetworkId);
        }
    }

    private static TransitGatewayAttachment Attachment(
        NetworkPlan plan, RegionPlan region, string name, TransitGatewayAttachmentKind kind,
        string resource) =>
        new()
        {
            Id = $"tgw-attachment/{region.Aws}/{name}",
            Name = $"{plan.Prefix}-{region.Aws}-{name}",
            Region = region.Name,
            Origin = region.OriginOf(RegionSchema.TransitGateway).Derived(),
            Kind = kind,
            TransitGateway = region.TransitGateway,
            Resource = resource,
            Subnets = [],
            HasApplianceMode = kind == TransitGatewayAttachmentKind.Vpc
                && region.Inside(RegionSchema.TransitGateway).Get(TransitGatewaySchema.ApplianceMode),
        };
}
