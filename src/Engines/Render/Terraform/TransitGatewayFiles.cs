using Farspan.Topology;

namespace Farspan.Render;

/// <summary>The transit gateway, its tables and what is plugged in from this VPC.</summary>
internal sealed class TransitGatewayFiles(NetworkIndex index, Region region, TerraformModule module)
{
    public void Render()
    {
        foreach (var gateway in NetworkIndex.In(index.Network.TransitGateways, region))
        {
            Gateway(gateway);
        }

        foreach (var table in NetworkIndex.In(index.Network.TransitTables, region))
        {
            Table(table);
        }

        var vpcs = NetworkIndex.In(index.Network.TransitAttachments, region)
            .Where(a => a.Kind == TransitGatewayAttachmentKind.Vpc)
            .ToList();
        foreach (var attachment in vpcs)
        {
            Vpc(attachment);
        }

        new TransitPlugs(index, module).Render(vpcs);
    }

    private void Gateway(TransitGateway gateway)
    {
        module.File("transit-gateway.tf")
            .Comment($"{gateway.Id}: no default table, so that nothing reaches anything that the tables below do "
                + "not say.")
            .Resource("aws_ec2_transit_gateway", "main", resource => resource
                .Set("description", $"{index.Network.Name} in {gateway.AwsRegion}")
                .Set("amazon_side_asn", gateway.Asn)
                .Set("auto_accept_shared_attachments", "disable")
                .Set("default_route_table_association", Switch(gateway.HasDefaultAssociation))
                .Set("default_route_table_propagation", Switch(gateway.HasDefaultPropagation))
                .Set("vpn_ecmp_support", Switch(gateway.HasVpnEcmp))
                .Set("dns_support", "enable")
                .Set("transit_gateway_cidr_blocks", gateway.Cidrs.IsEmpty
                    ? null : Hcl.List(gateway.Cidrs.Select(c => c.ToString())))
                .Set("tags", Hcl.Map(("Name", gateway.Name))));
        module.Output("transit_gateway_id", Hcl.Reference("aws_ec2_transit_gateway.main.id"), "The hub of the region.");
        module.Output("transit_gateway_arn", Hcl.Reference("aws_ec2_transit_gateway.main.arn"), "The hub of the "
            + "region.");
        if (gateway.HasFlowLogs)
        {
            LogFiles.FlowLog(
                module, "transit_gateway", "transit_gateway_id", Hcl.Reference("aws_ec2_transit_gateway.main.id"));
        }
    }

    private static string Switch(bool isOn) => isOn ? "enable" : "disable";

    private void Table(TransitGatewayTable table)
    {
        var name = Names.Local(table);
        module.File("transit-gateway.tf").Resource("aws_ec2_transit_gateway_route_table", name, resource => resource
            .Set("transit_gateway_id", Hcl.Reference("aws_ec2_transit_gateway.main.id"))
            .Set("tags", Hcl.Map(("Name", table.Name))));
        module.Output(
            $"table_{name}_id",
            Hcl.Reference($"aws_ec2_transit_gateway_route_table.{name}.id"),
            "For attachments that other modules make.");
        module.Output(
            $"table_{name}_arn",
            Hcl.Reference($"aws_ec2_transit_gateway_route_table.{name}.arn"),
            "For Cloud WAN.");
        foreach (var route in table.StaticRoutes.Where(r => r.Attachment is null))
        {
            module.File("transit-gateway.tf")
                .Comment($"{route.Id}: what nothing more specific takes ends here.")
                .Resource("aws_ec2_transit_gateway_route", $"{name}_{Names.Range(route.Prefix)}", resource => resource
                    .Set("destination_cidr_block", route.Prefix.ToString())
                    .Set("blackhole", true)
                    .Set("transit_gateway_route_table_id", Hcl.Reference(
                        $"aws_ec2_transit_gateway_route_table.{name}.id")));
        }
    }

    private void Vpc(TransitGatewayAttachment attachment) => module.File("transit-gateway.tf")
        .Comment($"{attachment.Id}: one subnet of its own in each zone; traffic of a zone without one would be "
            + "dropped.")
        .Resource("aws_ec2_transit_gateway_vpc_attachment", Names.Local(attachment), resource => resource
            .Set("transit_gateway_id", Hcl.Reference("aws_ec2_transit_gateway.main.id"))
            .Set("vpc_id", Hcl.Reference($"aws_vpc.{Names.Local(attachment.Resource)}.id"))
            .Set("subnet_ids", Hcl.List(
                attachment.Subnets.Select(s => Hcl.Reference($"aws_subnet.{Names.Local(s)}.id"))))
            .Set("appliance_mode_support", Switch(attachment.HasApplianceMode))
            .Set("dns_support", "enable")
            .Set("transit_gateway_default_route_table_association", false)
            .Set("transit_gateway_default_route_table_propagation", false)
            .Set("tags", Hcl.Map(("Name", attachment.Name))));
}
