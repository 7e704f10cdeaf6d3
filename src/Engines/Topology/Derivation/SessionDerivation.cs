namespace Farspan.Topology;

/// <summary>Both ends of a link's BGP sessions.</summary>
internal static class SessionDerivation
{
    private static readonly TimeSpan DirectConnectKeepalive = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan VpnKeepalive = TimeSpan.FromSeconds(10);
    private const int HoldFactor = 3;

    /// <summary>The end on Google's side, or that of a colo router, which is set up alike.</summary>
    public static BgpEnd Near(LinkPlan link, string speaker, uint? asn, InterfaceAddress? address)
    {
        var keepalive = link.Written.FindNumber(LinkSchema.Keepalive)
            ?? link.In.Inside(RegionSchema.Router).Get(RouterSchema.Keepalive);
        return new BgpEnd
        {
            Speaker = speaker,
            Asn = asn,
            ExpectedAsn = link.Written.FindNumber(LinkEndSchema.GoogleAsn) ?? asn,
            Address = address,
            Keepalive = keepalive,
            Hold = keepalive * HoldFactor,
            Bfd = NearBfd(link),
            GracefulRestart = link.Written.FindNumber(LinkSchema.GracefulRestart),
        };
    }

    /// <summary>The end on AWS's side.</summary>
    public static BgpEnd Far(LinkPlan link, string speaker, uint? asn, InterfaceAddress? address)
    {
        var keepalive = link.Written.FindNumber(LinkSchema.AwsKeepalive)
            ?? (link.Transport == LinkTransport.HaVpn ? VpnKeepalive : DirectConnectKeepalive);
        return new BgpEnd
        {
            Speaker = speaker,
            Asn = asn,
            ExpectedAsn = link.Written.FindNumber(LinkEndSchema.AwsAsn) ?? asn,
            Address = address,
            Keepalive = keepalive,
            Hold = link.Written.FindNumber(LinkSchema.AwsHold) ?? keepalive * HoldFactor,
            Bfd = FarBfd(link),
            GracefulRestart = null,
        };
    }

    public static BgpSession Make(
        LinkPlan link, string id, BgpSessionKind kind, BgpEnd near, BgpEnd far) => new()
    {
        Id = id,
        Name = $"{link.Network.Prefix}-{id.Replace('/', '-')}",
        Region = link.In.Name,
        Origin = link.Origin.Derived(),
        Link = link.Id,
        Kind = kind,
        Local = near,
        Remote = far,
        Interface = kind is BgpSessionKind.VlanAttachment or BgpSessionKind.VpnTunnel
            ? $"interface/{link.OnGoogle}"
            : null,
        Md5Key = Md5KeyOf(link, kind),
        AdvertisedPriority = link.Written.FindNumber(LinkSchema.Priority)
            ?? link.In.Inside(RegionSchema.Router).Get(RouterSchema.Priority),
        CustomLearnedRanges = link.Written.Get(LinkEndSchema.Learned),
        AdvertisedRanges = link.Written.Get(LinkEndSchema.Advertised),
        IsEnabled = link.Written.Get(LinkSchema.Enabled),
        HasTtlSecurity = link.Written.Get(LinkSchema.TtlSecurity),
    };

    public static SecretReference? Md5KeyOf(LinkPlan link, BgpSessionKind kind) =>
        link.Written.Find(LinkSchema.Md5Key)
        ?? (kind is BgpSessionKind.VlanAttachment or BgpSessionKind.VirtualInterface
            ? link.Secret("BGP_KEY")
            : null);

    private static BfdEnd? NearBfd(LinkPlan link)
    {
        var bfd = link.Written.Inside(LinkSchema.Bfd);
        var isOn = bfd.FindNumber(BfdSchema.Enabled) ?? link.Transport != LinkTransport.HaVpn;
        return isOn
            ? new BfdEnd(
                bfd.Get(BfdSchema.Role), bfd.Get(BfdSchema.Transmit), bfd.Get(BfdSchema.Receive),
                bfd.Get(BfdSchema.Multiplier))
            : null;
    }

    /// <summary>AWS has no BFD on VPN.</summary>
    private static BfdEnd? FarBfd(LinkPlan link)
    {
        var bfd = link.Written.Inside(LinkSchema.Bfd);
        var interval = bfd.Get(BfdSchema.AwsInterval);
        return link.Transport != LinkTransport.HaVpn && bfd.Get(BfdSchema.AwsEnabled)
            ? new BfdEnd(bfd.Get(BfdSchema.AwsRole), interval, interval, bfd.Get(BfdSchema.AwsMultiplier))
            : null;
    }
}
