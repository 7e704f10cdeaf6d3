namespace Farspan.Topology;

/// <summary>Tables of what joins the clouds.</summary>
internal static class LinkTables
{
    public static IEnumerable<ListedTable> Of(Network network)
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
        yield return new TableOf<PartnerTransport>("Partner transports", network.PartnerTransports)
            .With("bandwidth", transport => transport.BandwidthMbps)
            .With("advertisedRanges", transport => transport.AdvertisedRanges)
            .With("links", transport => transport.Links).Make();
        yield return new TableOf<VlanAttachment>("VLAN attachments", network.Attachments)
            .With("vlan", attachment => attachment.Vlan)
            .With("attachmentMtu", attachment => attachment.Mtu)
            .With("interconnect", attachment => attachment.Interconnect)
            .With("candidateSubnets", attachment => attachment.CandidateSubnets).Make();
        yield return new TableOf<ColoRouter>("Colo routers", network.ColoRouters)
            .With("coloAsn", router => router.Asn)
            .With("googleLocation", router => router.Location).Make();
        yield return new TableOf<VpnTunnel>("VPN tunnels", network.Tunnels)
            .With("interface", tunnel => tunnel.Interface)
            .With("externalInterface", tunnel => tunnel.ExternalInterface)
            .With("insideRange", tunnel => tunnel.InsideRange)
            .With("vpn.ikeVersion", tunnel => tunnel.IkeVersion).Make();
    }
}
