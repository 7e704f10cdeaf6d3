using Farspan.Topology;

namespace Farspan.Render;

/// <summary>The interfaces of the Cloud Router and its BGP peers (RFC 4271), with BFD (RFC 5880).</summary>
internal sealed class RouterPeerFiles(NetworkIndex index, Region region, TerraformModule module)
{
    public void Render()
    {
        var interfaces = NetworkIndex.In(index.Network.Interfaces, region).ToList();
        if (interfaces.Count > 0)
        {
            module.Variable("router_name", "string", "The region's Cloud Router.");
        }

        foreach (var item in interfaces)
        {
            Interface(item);
        }

        foreach (var session in NetworkIndex.In(index.Network.Sessions, region).Where(s => s.Interface is not null))
        {
            Peer(session);
        }
    }

    private void Interface(RouterInterface item) => module.File("bgp.tf")
        .Resource("google_compute_router_interface", Names.Local(item), resource => resource
            .Set("name", item.Name)
            .Set("region", region.GoogleRegion)
            .Set("router", Hcl.Reference("var.router_name"))
            .Set("ip_range", item.Address.ToString())
            .Set("interconnect_attachment", item.Attachment is { } attachment
                ? Hcl.Reference($"google_compute_interconnect_attachment.{Names.Local(attachment)}.name") : null)
            .Set("vpn_tunnel", item.Tunnel is { } tunnel
                ? Hcl.Reference($"google_compute_vpn_tunnel.{Names.Local(tunnel)}.name") : null));

    private void Peer(BgpSession session) => module.File("bgp.tf")
        .Comment($"{session.Id}: a silent loss is noticed within {Seconds.Text(PathTimes.Detection(session))}. "
            + $"{PathTimes.Explain(session)}.")
        .Resource("google_compute_router_peer", Names.Local(session), resource => resource
            .Set("name", session.Name)
            .Set("region", region.GoogleRegion)
            .Set("router", Hcl.Reference("var.router_name"))
            .Set("interface", Hcl.Reference($"google_compute_router_interface.{Names.Local(session.Interface!)}.name"))
            .Set("ip_address", session.Local.Address is { } local ? $"{local.Address}" : null)
            .Set("peer_ip_address", session.Remote.Address is { } remote ? $"{remote.Address}" : null)
            .Set("peer_asn", session.Remote.ExpectedAsn is { } asn ? asn : session.Remote.Asn is { } own ? own : 0)
            .Set("advertised_route_priority", session.AdvertisedPriority)
            .Set("advertise_mode", session.AdvertisedRanges.IsEmpty ? null : "CUSTOM")
            .Set("enable", session.IsEnabled)
            .Each(session.AdvertisedRanges, (r, range) => r.Block("advertised_ip_ranges", b => b
                .Set("range", range.ToString())))
            .Each(session.CustomLearnedRanges, (r, range) => r.Block("custom_learned_ip_ranges", b => b
                .Set("range", range.ToString())))
            .When(session.Local.Bfd is not null, r => Bfd(r, session.Local.Bfd!))
            .When(session.Md5Key is not null, r => r.Block("md5_authentication_key", key => key
                .Set("name", session.Name)
                .Set("key", module.Md5(session.Md5Key!)))));

    private static void Bfd(HclBody peer, BfdEnd bfd) => peer.Block("bfd", block => block
        .Set("session_initialization_mode", bfd.Role.ToString().ToUpperInvariant())
        .Set("min_transmit_interval", (long)bfd.MinTransmit.TotalMilliseconds)
        .Set("min_receive_interval", (long)bfd.MinReceive.TotalMilliseconds)
        .Set("multiplier", bfd.Multiplier));
}
