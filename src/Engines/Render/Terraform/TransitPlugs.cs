using Farspan.Topology;

namespace Farspan.Render;

/// <summary>
/// Associations, propagations and static routes of transit gateway attachments: they stand in the module that makes
/// the attachment, so that no module waits for another one's inside.
/// </summary>
internal sealed class TransitPlugs(NetworkIndex index, TerraformModule module)
{
    public void Render(IEnumerable<TransitGatewayAttachment> attachments)
    {
        foreach (var attachment in attachments)
        {
            foreach (var table in index.Network.TransitTables)
            {
                Plug(attachment, table);
            }
        }
    }

    /// <summary>The expression for the id of an attachment that this module makes.</summary>
    public string AttachmentId(TransitGatewayAttachment attachment)
    {
        switch (attachment.Kind)
        {
            case TransitGatewayAttachmentKind.Vpc:
                return $"aws_ec2_transit_gateway_vpc_attachment.{Names.Local(attachment)}.id";
            case TransitGatewayAttachmentKind.Vpn:
                return $"aws_vpn_connection.{Names.Local(attachment.Resource)}.transit_gateway_attachment_id";
            default:
                var gateway = index.Get<DirectConnectGateway>(attachment.Resource);
                var association = gateway.Associations.First(a => a.TransitGateway == attachment.TransitGateway);
                return $"aws_dx_gateway_association.{DirectConnectFiles.AssociationName(gateway, association)}"
                    + ".transit_gateway_attachment_id";
        }
    }

    /// <summary>The expression for the id of a table, here or from the module that makes it.</summary>
    public HclValue TableId(TransitGatewayTable table)
    {
        var name = Names.Local(table);
        return module.Path.EndsWith("-aws", StringComparison.Ordinal)
            ? Hcl.Reference($"aws_ec2_transit_gateway_route_table.{name}.id")
            : module.Variable($"table_{name}_id", "string", $"The transit gateway's table {name}.");
    }

    private void Plug(TransitGatewayAttachment attachment, TransitGatewayTable table)
    {
        var id = Hcl.Reference(AttachmentId(attachment));
        var name = $"{Names.Local(attachment)}_{Names.Local(table)}";
        var file = module.File("transit-plugs.tf");
        if (table.Associations.Contains(attachment.Id))
        {
            file.Comment($"What comes from {attachment.Id} is looked up in {table.Id}.")
                .Resource("aws_ec2_transit_gateway_route_table_association", name, resource => resource
                    .Set("transit_gateway_attachment_id", id)
                    .Set("transit_gateway_route_table_id", TableId(table)));
        }

        if (table.Propagations.Contains(attachment.Id))
        {
            file.Resource("aws_ec2_transit_gateway_route_table_propagation", name, resource => resource
                .Set("transit_gateway_attachment_id", id)
                .Set("transit_gateway_route_table_id", TableId(table)));
        }

        foreach (var route in table.StaticRoutes.Where(r => r.Attachment == attachment.Id))
        {
            var routeName = $"{Names.Local(table)}_{Names.Range(route.Prefix)}";
            file.Resource("aws_ec2_transit_gateway_route", routeName, resource => resource
                .Set("destination_cidr_block", route.Prefix.ToString())
                .Set("transit_gateway_attachment_id", id)
                .Set("transit_gateway_route_table_id", TableId(table)));
        }
    }
}
