using System.Collections.Immutable;
using System.Net;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.Topology;

/// <summary>The keys of <c>edge</c>.</summary>
internal static class EdgeRoleSchema
{
    private static readonly Setting<SipListenPoint> Listen = Setting.Defaulting(
        "listen", NetworkKinds.ListenPoint, new SipListenPoint(SipTransport.Tcp, IPEndPoint.Parse("127.0.0.1:5070")),
        "Where connectors reach the edge, `tcp:` or `tls:`; no wildcard address.");

    private static readonly Setting<IPAddress> MediaAddress = Setting.Optional(
        "mediaAddress", NetworkKinds.Address, "the address of `listen`",
        "The local address of media with connectors.");

    private static readonly Setting<SrtpPolicy> Srtp = Setting.Defaulting(
        "srtp", ValueKinds.Word(("forbid", SrtpPolicy.Forbid), ("require", SrtpPolicy.Require)),
        SrtpPolicy.Require, "Whether media with connectors is encrypted.");

    private static readonly Setting<bool> PrefersOwnRegion = Setting.Defaulting(
        "regionPreference", ValueKinds.Word(("own", true), ("none", false)), true,
        "Whether connectors of the node's own region come first, or all regions are equal.");

    private static readonly Setting<TimeSpan> DetectionTime = Setting.Defaulting(
        "detectionTime",
        DurationKind.Between(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10)),
        TimeSpan.FromMilliseconds(400),
        "Failover detection time: a connector whose life signs and media are silent for so long is dead.");

    private static readonly Setting<TimeSpan> ProbeInterval = Setting.Defaulting(
        "probeInterval",
        DurationKind.Between(TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)),
        TimeSpan.FromSeconds(1),
        "Between two OPTIONS to a connector.");

    private static readonly Setting<ImmutableArray<EdgeConnectorModel>> Connectors = Setting.Required(
        "connectors", ValueKinds.NonEmptyListOf(EdgeConnectorSchema.Section),
        "The connectors that calls are given to.");

    public static Section<EdgeModel> Section { get; } = new(
        "The side of an edge that faces the connectors.",
        [Listen, MediaAddress, Srtp, PrefersOwnRegion, DetectionTime, ProbeInterval, Connectors],
        Build);

    private static EdgeModel Build(SectionValues values)
    {
        var listen = values.Get(Listen);
        var address = listen.EndPoint.Address;
        values.RequireFit(
            listen.Transport != SipTransport.Udp, Listen, "connectors are not reached over UDP",
            "Write tcp: or tls:.");
        values.RequireFit(
            !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any), Listen,
            "connectors must be told an address", "Write the address that connectors reach.");
        return new EdgeModel
        {
            Listen = listen,
            MediaAddress = values.Find(MediaAddress),
            Srtp = values.Get(Srtp),
            PrefersOwnRegion = values.Get(PrefersOwnRegion),
            DetectionTime = values.Get(DetectionTime),
            ProbeInterval = values.Get(ProbeInterval),
            Connectors = values.Get(Connectors),
        };
    }
}
