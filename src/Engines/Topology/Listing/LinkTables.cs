namespace Farspan.Topology;

/// <summary>Tables of what joins the clouds.</summary>
internal static class LinkTables
{
    public static IEnumerable<ListedTable> Of(Network network) =>
        Sessions(network).Concat(Interconnects(network)).Concat(Tunnels(network));

    private static IEnumerable<ListedTable> Sessions(Network network)
    {
        yield return new TableOf<Link>("Links", network.Links)
            .With("transport", link => link.Transport)
            .With("bandwidth", link => link.BandwidthMbps)
            .With("encryption", link => link.Encryption)
            .With("mtu", link => link.Mtu)
            .With("metro", link => link.Risk.Metro)
            .With("zone", link => link.Risk.Zone)
            .With("googleLocation", link => link.Risk.GoogleLocation)
            .With("awsLocation", link => link.Risk.AwsLocation)
            .With("provider", link => link.Risk.Provider).Make();
        yield return new TableOf<BgpSession>("BGP sessions", network.Sessions)
            .With("googleAsn", session => session.Local.Asn)
            .With("googleAddress", session => session.Local.Address)
            .With("awsAsn", session => session.Remote.Asn)
            .With("awsAddress", session => session.Remote.Address)
            .With("keepalive", session => session.Local.Keepalive)
            .With("awsHold", session => session.Remote.Hold)
            .With("bfd", session => session.Local.Bfd)
            .With("priority", session => session.AdvertisedPriority).Make();
        yield return new TableOf<RouterInterface>("Router interfaces", network.Interfaces)
            .With("googleAddress", item => item.Address)
            .With("attachment", item => item.Attachment)
            .With("tunnel", item => item.Tunnel).Make();
    }

    private static IEnumerable<ListedTable> Interconnects(Network network)
    {
        yield return new TableOf<PartnerTransport>("Partner transports", network.PartnerTransports)
            .With("bandwidth", transport => transport.BandwidthMbps)
            .With("advertisedRanges", transport => transport.AdvertisedRanges)
            .With("links", transport => transport.Links).Make();
        yield return new TableOf<Interconnect>("Interconnects", network.Interconnects)
            .With("googleLocation", interconnect => interconnect.Location)
            .With("remoteLocation", interconnect => interconnect.RemoteLocation)
            .With("zone", interconnect => interconnect.Zone)
            .With("ports", interconnect => interconnect.PortCount).Make();
        yield return new TableOf<VlanAttachment>("VLAN attachments", network.Attachments)
            .With("vlan", attachment => attachment.Vlan)
            .With("attachmentMtu", attachment => attachment.Mtu)
            .With("interconnect", attachment => attachment.Interconnect)
            .With("candidateSubnets", attachment => attachment.CandidateSubnets).Make();
        yield return new TableOf<ColoRouter>("Colo routers", network.ColoRouters)
            .With("coloAsn", router => router.Asn)
            .With("googleLocation", router => router.Location).Make();
    }

    private static IEnumerable<ListedTable> Tunnels(Network network)
    {
        yield return new TableOf<HaVpnGateway>("HA VPN gateways", network.HaVpnGateways)
            .With("interfaces", gateway => gateway.InterfaceCount).Make();
        yield return new TableOf<ExternalVpnGateway>("AWS's endpoints", network.ExternalVpnGateways)
            .With("interfaces", gateway => gateway.InterfaceCount).Make();
        yield return new TableOf<CustomerGateway>("Customer gateways", network.CustomerGateways)
            .With("googleAsn", gateway => gateway.Asn)
            .With("interface", gateway => gateway.Interface).Make();
        yield return new TableOf<VpnConnection>("VPN connections", network.VpnConnections)
            .With("vpn.static", connection => connection.IsStatic)
            .With("tunnels", connection => connection.Tunnels).Make();
        yield return new TableOf<VpnTunnel>("VPN tunnels", network.Tunnels)
            .With("interface", tunnel => tunnel.Interface)
            .With("externalInterface", tunnel => tunnel.ExternalInterface)
            .With("insideRange", tunnel => tunnel.InsideRange)
            .With("vpn.ikeVersion", tunnel => tunnel.IkeVersion).Make();
    }
}
