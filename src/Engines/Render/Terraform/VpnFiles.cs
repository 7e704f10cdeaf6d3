using Farspan.Topology;

namespace Farspan.Render;

/// <summary>HA VPN: Google's gateway, AWS's connections, and the tunnels between them.</summary>
internal sealed class VpnFiles(NetworkIndex index, Region region, TerraformModule module)
{
    public void Render()
    {
        foreach (var gateway in NetworkIndex.In(index.Network.HaVpnGateways, region))
        {
            Gateway(gateway);
        }

        foreach (var customer in NetworkIndex.In(index.Network.CustomerGateways, region))
        {
            Customer(customer);
        }

        foreach (var connection in NetworkIndex.In(index.Network.VpnConnections, region))
        {
            Connection(connection);
        }

        foreach (var external in NetworkIndex.In(index.Network.ExternalVpnGateways, region))
        {
            External(external);
        }

        foreach (var tunnel in NetworkIndex.In(index.Network.Tunnels, region))
        {
            Tunnel(tunnel);
        }
    }

    private void Gateway(HaVpnGateway gateway)
    {
        module.Variable("network_id", "string", "Google's network.");
        module.File("vpn.tf")
            .Comment($"{gateway.Id}: two interfaces, each with its own address and in its own failure domain.")
            .Resource("google_compute_ha_vpn_gateway", Names.Local(gateway), resource => resource
                .Set("name", gateway.Name)
                .Set("region", gateway.GoogleRegion)
                .Set("network", Hcl.Reference("var.network_id")));
    }

    private void Customer(CustomerGateway customer)
    {
        // The provider has a second argument for numbers that do not fit a signed 32-bit integer.
        var isLong = customer.Asn > int.MaxValue;
        module.File("vpn.tf").Resource("aws_customer_gateway", Names.Local(customer), resource => resource
            .Set("type", "ipsec.1")
            .Set(isLong ? "bgp_asn_extended" : "bgp_asn", $"{customer.Asn}")
            .Set("ip_address", Hcl.Reference(
                $"google_compute_ha_vpn_gateway.{Names.Local(customer.HaVpnGateway)}"
                + $".vpn_interfaces[{customer.Interface}].ip_address"))
            .Set("tags", Hcl.Map(("Name", customer.Name))));
    }

    private void Connection(VpnConnection connection)
    {
        module.Variable("transit_gateway_id", "string", "The region's transit gateway.");
        module.File("vpn.tf")
            .Comment($"{connection.Id}: two tunnels. AWS works on one at a time, so that the other one carries the "
                + "calls.")
            .Resource("aws_vpn_connection", Names.Local(connection), resource => resource
                .Set("type", "ipsec.1")
                .Set("customer_gateway_id", Hcl.Reference(
                    $"aws_customer_gateway.{Names.Local(connection.CustomerGateway)}.id"))
                .Set("transit_gateway_id", Hcl.Reference("var.transit_gateway_id"))
                .Set("static_routes_only", connection.IsStatic)
                .Each(connection.Tunnels.Select(index.Get<VpnTunnel>).Index(), (r, t) => AwsEnd(r, t.Item, t.Index + 1))
                .Set("tags", Hcl.Map(("Name", connection.Name))));
    }

    private void AwsEnd(HclBody connection, VpnTunnel tunnel, int number)
    {
        var prefix = $"tunnel{number}_";
        connection
            .Comment($"{tunnel.Id}")
            .Set(prefix + "inside_cidr", tunnel.InsideRange.ToString())
            .Set(prefix + "preshared_key", module.PreSharedKey(tunnel.SharedSecret))
            .Set(prefix + "ike_versions", Hcl.List($"ikev{tunnel.IkeVersion}"))
            .Set(prefix + "phase1_encryption_algorithms", Hcl.List(tunnel.EncryptionAlgorithms))
            .Set(prefix + "phase2_encryption_algorithms", Hcl.List(tunnel.EncryptionAlgorithms))
            .Set(prefix + "phase1_integrity_algorithms", Hcl.List(tunnel.IntegrityAlgorithms))
            .Set(prefix + "phase2_integrity_algorithms", Hcl.List(tunnel.IntegrityAlgorithms))
            .Set(prefix + "phase1_dh_group_numbers", Hcl.List(tunnel.DhGroups.Select(g => (HclValue)g)))
            .Set(prefix + "phase2_dh_group_numbers", Hcl.List(tunnel.DhGroups.Select(g => (HclValue)g)))
            .Set(prefix + "dpd_timeout_seconds", Seconds.Of(tunnel.DpdTimeout))
            .Set(prefix + "dpd_timeout_action", tunnel.DpdAction)
            .Set(prefix + "startup_action", tunnel.StartupAction);
    }

    private void External(ExternalVpnGateway external)
    {
        var tunnels = NetworkIndex.In(index.Network.Tunnels, region)
            .Where(t => t.ExternalVpnGateway == external.Id)
            .OrderBy(t => t.ExternalInterface);
        module.File("vpn.tf")
            .Resource("google_compute_external_vpn_gateway", Names.Local(external), resource => resource
            .Set("name", external.Name)
            .Set("redundancy_type", Redundancy(external))
            .Each(tunnels, (r, tunnel) => r.Block("interface", i => i
                .Set("id", tunnel.ExternalInterface)
                .Set("ip_address", Hcl.Reference(
                    $"aws_vpn_connection.{Names.Local(tunnel.VpnConnection)}.tunnel{AwsNumber(tunnel)}_address")))));
    }

    private static string Redundancy(ExternalVpnGateway external) => external.InterfaceCount switch
    {
        1 => "SINGLE_IP_INTERNALLY_REDUNDANT",
        2 => "TWO_IPS_REDUNDANCY",
        _ => "FOUR_IPS_REDUNDANCY",
    };

    private int AwsNumber(VpnTunnel tunnel) =>
        index.Get<VpnConnection>(tunnel.VpnConnection).Tunnels.IndexOf(tunnel.Id) + 1;

    private void Tunnel(VpnTunnel tunnel)
    {
        module.Variable("router_name", "string", "The region's Cloud Router.");
        module.File("vpn.tf").Resource("google_compute_vpn_tunnel", Names.Local(tunnel), resource => resource
            .Set("name", tunnel.Name)
            .Set("region", region.GoogleRegion)
            .Set("router", Hcl.Reference("var.router_name"))
            .Set("vpn_gateway", Hcl.Reference(
                $"google_compute_ha_vpn_gateway.{Names.Local(tunnel.HaVpnGateway)}.id"))
            .Set("vpn_gateway_interface", tunnel.Interface)
            .Set("peer_external_gateway", Hcl.Reference(
                $"google_compute_external_vpn_gateway.{Names.Local(tunnel.ExternalVpnGateway)}.id"))
            .Set("peer_external_gateway_interface", tunnel.ExternalInterface)
            .Set("ike_version", tunnel.IkeVersion)
            .Set("shared_secret", module.PreSharedKey(tunnel.SharedSecret)));
    }
}
