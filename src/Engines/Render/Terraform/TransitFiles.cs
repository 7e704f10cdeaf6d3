using Farspan.Topology;

namespace Farspan.Render;

/// <summary>
/// What joins transit gateways of several regions: peerings with static routes, or a Cloud WAN core network.
/// </summary>
internal sealed class TransitFiles(NetworkIndex index, TerraformModule module)
{
    private const string File = "transit.tf";

    public void Render()
    {
        foreach (var peering in index.Network.Peerings)
        {
            Peering(peering);
        }

        if (index.Network.CoreNetwork is { } core)
        {
            new CoreNetworkFiles(index, module).Render(core);
        }

        foreach (var attachment in index.Network.TransitAttachments.Where(a => !IsOfModule(a)))
        {
            foreach (var table in index.Network.TransitTables)
            {
                Plug(attachment, table);
            }
        }
    }

    private static bool IsOfModule(TransitGatewayAttachment attachment) =>
        attachment.Kind == TransitGatewayAttachmentKind.Vpc || LinksModule.IsLink(attachment);

    private void Peering(TransitGatewayPeering peering)
    {
        var requester = index.Get<TransitGateway>(peering.Requester);
        var accepter = index.Get<TransitGateway>(peering.Accepter);
        var name = Names.Global(peering.Id);
        module.File(File)
            .Comment($"{peering.Id}: {Fallback(peering.Fallback)}")
            .Resource("aws_ec2_transit_gateway_peering_attachment", name, resource => resource
                .Set("provider", ProviderOf(requester))
                .Set("transit_gateway_id", GatewayId(requester))
                .Set("peer_transit_gateway_id", GatewayId(accepter))
                .Set("peer_region", accepter.AwsRegion)
                .Set("peer_account_id", peering.PeerAccount.Length > 0 ? peering.PeerAccount : null)
                .Set("tags", Hcl.Map(("Name", peering.Name))))
            .Resource("aws_ec2_transit_gateway_peering_attachment_accepter", name, resource => resource
                .Set("provider", Hcl.Reference($"aws.{Names.Provider(peering.AccepterRegion)}"))
                .Set("transit_gateway_attachment_id", Hcl.Reference(
                    $"aws_ec2_transit_gateway_peering_attachment.{name}.id"))
                .Set("tags", Hcl.Map(("Name", peering.Name))));
    }

    private static string Fallback(PeeringFallback fallback) => "no BGP runs here; " + fallback switch
    {
        PeeringFallback.Summaries =>
            "the static routes below are less specific than what the links bring, so that they count only when "
            + "that is gone.",
        PeeringFallback.Controller => "a controller replaces static routes when the links are gone.",
        _ => "nothing leads over it when a region's links are gone.",
    };

    private HclValue ProviderOf(TransitGateway gateway) => Hcl.Reference($"aws.{Names.Provider(gateway.AwsRegion)}");

    private HclValue GatewayId(TransitGateway gateway) =>
        Hcl.Reference($"module.{Hcl.Identifier(gateway.Region)}_aws.transit_gateway_id");

    private void Plug(TransitGatewayAttachment attachment, TransitGatewayTable table)
    {
        var gateway = index.Get<TransitGateway>(attachment.TransitGateway);
        var tableId = Hcl.Reference($"module.{Hcl.Identifier(gateway.Region)}_aws.table_{Names.Local(table)}_id");
        var name = $"{Names.Global(attachment.Id)}_{Names.Local(table)}";
        var id = Hcl.Reference(AttachmentId(attachment));
        if (table.Associations.Contains(attachment.Id))
        {
            module.File(File).Resource("aws_ec2_transit_gateway_route_table_association", name, resource => resource
                .Set("provider", ProviderOf(gateway))
                .Set("transit_gateway_attachment_id", id)
                .Set("transit_gateway_route_table_id", tableId));
        }

        if (table.Propagations.Contains(attachment.Id))
        {
            module.File(File).Resource("aws_ec2_transit_gateway_route_table_propagation", name, resource => resource
                .Set("provider", ProviderOf(gateway))
                .Set("transit_gateway_attachment_id", id)
                .Set("transit_gateway_route_table_id", tableId));
        }

        foreach (var route in table.StaticRoutes.Where(r => r.Attachment == attachment.Id))
        {
            module.File(File)
                .Comment($"{route.Id}: counts when nothing more specific is known.")
                .Resource("aws_ec2_transit_gateway_route", $"{name}_{Names.Range(route.Prefix)}", resource => resource
                    .Set("provider", ProviderOf(gateway))
                    .Set("destination_cidr_block", route.Prefix.ToString())
                    .Set("transit_gateway_attachment_id", id)
                    .Set("transit_gateway_route_table_id", tableId));
        }
    }

    /// <summary>A peering has one id at both ends; it can be used once it is accepted, hence the accepter's.</summary>
    public static string AttachmentId(TransitGatewayAttachment attachment)
    {
        if (attachment.Kind == TransitGatewayAttachmentKind.Peering)
        {
            return $"aws_ec2_transit_gateway_peering_attachment_accepter.{Names.Global(attachment.Resource)}.id";
        }

        return $"aws_networkmanager_transit_gateway_peering.{Names.Global(attachment.TransitGateway)}"
            + ".transit_gateway_peering_attachment_id";
    }
}
