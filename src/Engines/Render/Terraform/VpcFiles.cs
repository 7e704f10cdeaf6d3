using Farspan.Topology;

namespace Farspan.Render;

/// <summary>The VPC of the connectors: subnets in each zone, tables, the way to the Internet.</summary>
internal sealed class VpcFiles(NetworkIndex index, Region region, TerraformModule module)
{
    public void Render()
    {
        foreach (var vpc in NetworkIndex.In(index.Network.Vpcs, region))
        {
            Vpc(vpc);
        }

        foreach (var table in NetworkIndex.In(index.Network.RouteTables, region))
        {
            Table(table);
        }

        foreach (var subnet in NetworkIndex.In(index.Network.AwsSubnets, region))
        {
            Subnet(subnet);
        }
    }

    private void Vpc(AwsVpc vpc)
    {
        var name = Names.Local(vpc);
        module.File("vpc.tf").Resource("aws_vpc", name, resource => resource
            .Set("cidr_block", vpc.Range.ToString())
            .Set("enable_dns_support", true)
            .Set("enable_dns_hostnames", true)
            .Set("tags", Hcl.Map(("Name", vpc.Name))));
        module.Output($"vpc_{name}_id", Hcl.Reference($"aws_vpc.{name}.id"), "The VPC of the connectors.");
        if (UsesInternet(vpc))
        {
            module.File("vpc.tf")
                .Comment("Amazon Connect and its media are reached over the Internet; calls of carriers are not.")
                .Resource("aws_internet_gateway", name, resource => resource
                    .Set("vpc_id", Hcl.Reference($"aws_vpc.{name}.id"))
                    .Set("tags", Hcl.Map(("Name", vpc.Name))));
        }

        if (vpc.HasFlowLogs)
        {
            LogFiles.FlowLog(module, $"vpc_{name}", "vpc_id", Hcl.Reference($"aws_vpc.{name}.id"));
        }
    }

    private bool UsesInternet(AwsVpc vpc) => index.Network.RouteTables
        .Where(t => t.Vpc == vpc.Id)
        .SelectMany(t => t.Routes)
        .Any(r => r.Target != AwsRouteTarget.TransitGateway);

    private void Table(AwsRouteTable table)
    {
        var name = Names.Local(table);
        module.File("vpc.tf").Resource("aws_route_table", name, resource => resource
            .Set("vpc_id", Hcl.Reference($"aws_vpc.{Names.Local(table.Vpc)}.id"))
            .Set("tags", Hcl.Map(("Name", table.Name))));
        foreach (var route in table.Routes)
        {
            Route(table, name, route);
        }
    }

    private void Route(AwsRouteTable table, string name, AwsRoute route) => module.File("vpc.tf")
        .Resource("aws_route", $"{name}_{Names.Range(route.Prefix)}", resource =>
        {
            resource
                .Set("route_table_id", Hcl.Reference($"aws_route_table.{name}.id"))
                .Set("destination_cidr_block", route.Prefix.ToString());
            switch (route.Target)
            {
                case AwsRouteTarget.TransitGateway:
                    var attachment = index.Network.TransitAttachments.First(a => a.Resource == table.Vpc);
                    resource
                        .Set("transit_gateway_id", Hcl.Reference("aws_ec2_transit_gateway.main.id"))
                        .Comment("A route to a gateway that the VPC is not attached to is refused.")
                        .Set("depends_on", Hcl.List(Hcl.Reference(
                            $"aws_ec2_transit_gateway_vpc_attachment.{Names.Local(attachment)}")));
                    break;
                case AwsRouteTarget.NatGateway:
                    resource.Set("nat_gateway_id", Hcl.Reference($"aws_nat_gateway.{NatName(route.TargetId)}.id"));
                    break;
                default:
                    resource.Set("gateway_id", Hcl.Reference($"aws_internet_gateway.{Names.Local(table.Vpc)}.id"));
                    break;
            }
        });

    private void Subnet(AwsSubnet subnet)
    {
        var name = Names.Local(subnet);
        module.File("vpc.tf")
            .Resource("aws_subnet", name, resource => resource
                .Set("vpc_id", Hcl.Reference($"aws_vpc.{Names.Local(subnet.Vpc)}.id"))
                .Set("availability_zone", subnet.Zone)
                .Set("cidr_block", subnet.Range.ToString())
                .Set("tags", Hcl.Map(("Name", subnet.Name))))
            .Resource("aws_route_table_association", name, resource => resource
                .Set("subnet_id", Hcl.Reference($"aws_subnet.{name}.id"))
                .Set("route_table_id", Hcl.Reference($"aws_route_table.{Names.Local(subnet.RouteTable)}.id")));
        if (subnet.Purpose == AwsSubnetPurpose.Public)
        {
            Nat(subnet);
        }
    }

    private void Nat(AwsSubnet subnet)
    {
        var name = NatName(subnet.Zone);
        module.File("vpc.tf")
            .Resource("aws_eip", $"nat_{name}", resource => resource
                .Set("domain", "vpc")
                .Set("tags", Hcl.Map(("Name", $"{subnet.Name}-nat"))))
            .Comment("One in each zone: a zone that fails takes only its own connectors along.")
            .Resource("aws_nat_gateway", name, resource => resource
                .Set("allocation_id", Hcl.Reference($"aws_eip.nat_{name}.id"))
                .Set("subnet_id", Hcl.Reference($"aws_subnet.{Names.Local(subnet)}.id"))
                .Set("tags", Hcl.Map(("Name", $"{subnet.Name}-nat")))
                .Set("depends_on", Hcl.List(Hcl.Reference($"aws_internet_gateway.{Names.Local(subnet.Vpc)}"))));
    }

    private static string NatName(string zone) => Hcl.Identifier(zone);
}
