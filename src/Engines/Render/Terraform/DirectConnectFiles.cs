using Farspan.Topology;

namespace Farspan.Render;

/// <summary>AWS's ports, virtual interfaces, and the Direct Connect gateway behind them.</summary>
internal sealed class DirectConnectFiles(NetworkIndex index, Region region, TerraformModule module)
{
    private static readonly int[] PortSpeedsMbps =
        [50, 100, 200, 300, 400, 500, 1000, 2000, 5000, 10000, 25000, 100000, 400000];

    public void Render()
    {
        foreach (var gateway in NetworkIndex.In(index.Network.DirectConnectGateways, region))
        {
            Gateway(gateway);
        }

        foreach (var connection in NetworkIndex.In(index.Network.Connections, region))
        {
            Connection(connection);
        }

        foreach (var virtualInterface in NetworkIndex.In(index.Network.VirtualInterfaces, region))
        {
            VirtualInterface(virtualInterface);
        }
    }

    private void Gateway(DirectConnectGateway gateway)
    {
        var name = Names.Local(gateway);
        module.File("direct-connect.tf")
            .Comment($"{gateway.Id}: its number, not the transit gateway's, is what the other side of each link sees.")
            .Resource("aws_dx_gateway", name, resource => resource
                .Set("name", gateway.Name)
                .Set("amazon_side_asn", $"{gateway.Asn}"));
        module.Output($"dx_gateway_{name}_id", Hcl.Reference($"aws_dx_gateway.{name}.id"), "For STEPS.md.");
        foreach (var association in gateway.Associations)
        {
            Association(gateway, association);
        }
    }

    private void Association(DirectConnectGateway gateway, DirectConnectAssociation association)
    {
        var own = association.AllowedPrefixes.FirstOrDefault();
        module.Variable("transit_gateway_id", "string", "The region's transit gateway.");
        module.File("direct-connect.tf")
            .Comment($"AWS tells these prefixes over every link, whatever lives behind them. {own} is the region's "
                + "own; a wider one "
                + "is the summary by which the other region's traffic finds a way when its own links are gone.")
            .Resource("aws_dx_gateway_association", AssociationName(gateway, association), resource => resource
                .Set("dx_gateway_id", Hcl.Reference($"aws_dx_gateway.{Names.Local(gateway)}.id"))
                .Set("associated_gateway_id", Hcl.Reference("var.transit_gateway_id"))
                .Set("allowed_prefixes", Hcl.List(association.AllowedPrefixes.Select(p => p.ToString()))));
    }

    public static string AssociationName(DirectConnectGateway gateway, DirectConnectAssociation association) =>
        gateway.Associations.Length == 1 ? Names.Local(gateway) : Names.Global(association.TransitGateway);

    private void Connection(DirectConnectConnection connection) => module.File("direct-connect.tf")
        .Comment($"{connection.Id}: at {connection.Location}"
            + (connection.Device.Length > 0 ? $", router {connection.Device}." : "."))
        .Resource("aws_dx_connection", Names.Local(connection), resource => resource
            .Set("name", connection.Name)
            .Set("location", connection.Location)
            .Set("bandwidth", PortSpeed(connection.BandwidthMbps))
            .Set("provider_name", connection.Provider.Length > 0 ? connection.Provider : null)
            .Set("request_macsec", connection.HasMacsec ? true : null)
            .Set("encryption_mode", connection.HasMacsec ? "must_encrypt" : null)
            .Set("tags", Hcl.Map(("Name", connection.Name))));

    private static string PortSpeed(int megabits)
    {
        var speed = PortSpeedsMbps.FirstOrDefault(s => s >= megabits, PortSpeedsMbps[^1]);
        return speed >= 1000 ? $"{speed / 1000}Gbps" : $"{speed}Mbps";
    }

    private void VirtualInterface(VirtualInterface vif)
    {
        var name = Names.Local(vif);
        module.File("direct-connect.tf")
            .Comment($"{vif.Id}: {vif.AmazonAddress.Address} at AWS, {vif.CustomerAddress.Address} at the other "
                + "end. AWS has BFD switched on, and runs it once the other end does.")
            .Resource("aws_dx_transit_virtual_interface", name, resource => resource
                .Set("name", vif.Name)
                .Set("connection_id", Hcl.Reference($"aws_dx_connection.{Names.Local(vif.Connection)}.id"))
                .Set("dx_gateway_id", Hcl.Reference($"aws_dx_gateway.{Names.Local(vif.DirectConnectGateway)}.id"))
                .Set("vlan", vif.Vlan)
                .Set("address_family", "ipv4")
                .Set("bgp_asn", vif.CustomerAsn is { } asn ? asn : 0)
                .Set("amazon_address", vif.AmazonAddress.ToString())
                .Set("customer_address", vif.CustomerAddress.ToString())
                .Set("mtu", vif.Mtu)
                .Set("bgp_auth_key", vif.Md5Key is { } key ? module.Md5(key) : null)
                .Set("tags", Hcl.Map(("Name", vif.Name))));
    }
}
