using Farspan.Topology;

namespace Farspan.Render;

/// <summary>A Cloud WAN core network: transit gateways of several regions that exchange routes.</summary>
internal sealed class CoreNetworkFiles(NetworkIndex index, TerraformModule module)
{
    private const string File = "cloud-wan.tf";
    private const string PolicyVersion = "2021.12";
    private const string Segment = "calls";

    public void Render(CoreNetwork core)
    {
        var provider = Hcl.Reference($"aws.{Names.Provider(core.Edges[0].AwsRegion)}");
        module.File(File)
            .Resource("aws_networkmanager_global_network", "main", resource => resource
                .Set("provider", provider)
                .Set("description", index.Network.Name))
            .Comment($"{core.Id}: what a peering of transit gateways cannot do, exchange routes, this does.")
            .Resource("aws_networkmanager_core_network", "main", resource => resource
                .Set("provider", provider)
                .Set("global_network_id", Hcl.Reference("aws_networkmanager_global_network.main.id"))
                .Set("create_base_policy", true)
                .Set("base_policy_regions", Hcl.List(core.Edges.Select(e => e.AwsRegion)))
                .Set("tags", Hcl.Map(("Name", core.Name))))
            .Resource("aws_networkmanager_core_network_policy_attachment", "main", resource => resource
                .Set("provider", provider)
                .Set("core_network_id", Hcl.Reference("aws_networkmanager_core_network.main.id"))
                .Set("policy_document", Hcl.Json(Policy(core))));
        foreach (var edge in core.Edges)
        {
            Edge(edge);
        }
    }

    private void Edge(CoreNetworkEdge edge)
    {
        var gateway = index.Get<TransitGateway>(edge.TransitGateway);
        var name = Names.Global(gateway.Id);
        var provider = Hcl.Reference($"aws.{Names.Provider(edge.AwsRegion)}");
        var aws = $"module.{Hcl.Identifier(gateway.Region)}_aws";
        module.File(File).Resource("aws_networkmanager_transit_gateway_peering", name, resource => resource
            .Set("provider", provider)
            .Set("core_network_id", Hcl.Reference(
                "aws_networkmanager_core_network_policy_attachment.main.core_network_id"))
            .Set("transit_gateway_arn", Hcl.Reference($"{aws}.transit_gateway_arn")));
        foreach (var table in index.Network.TransitTables.Where(t => t.TransitGateway == gateway.Id))
        {
            module.File(File).Resource(
                "aws_networkmanager_transit_gateway_route_table_attachment",
                $"{name}_{Names.Local(table)}",
                resource => resource
                    .Set("provider", provider)
                    .Set("peering_id", Hcl.Reference($"aws_networkmanager_transit_gateway_peering.{name}.id"))
                    .Set("transit_gateway_route_table_arn", Hcl.Reference($"{aws}.table_{Names.Local(table)}_arn")));
        }
    }

    private static HclValue Policy(CoreNetwork core) => Hcl.Map(
        ("version", PolicyVersion),
        ("core-network-configuration", Hcl.Map(
            ("vpn-ecmp-support", true),
            ("asn-ranges", Hcl.List($"{core.Edges.Min(e => e.Asn)}-{core.Edges.Max(e => e.Asn)}")),
            ("edge-locations", Hcl.List(core.Edges.Select(e => Hcl.Map(
                ("location", e.AwsRegion),
                ("asn", e.Asn))))))),
        ("segments", Hcl.List(Hcl.Map(
            ("name", Segment),
            ("require-attachment-acceptance", false)))),
        ("attachment-policies", Hcl.List(Hcl.Map(
            ("rule-number", 100),
            ("condition-logic", "or"),
            ("conditions", Hcl.List(Hcl.Map(("type", "any")))),
            ("action", Hcl.Map(
                ("association-method", "constant"),
                ("segment", Segment)))))));
}
