using System.Collections.Immutable;
using System.Net;
using Farspan.Sip;

namespace Farspan.Topology;

/// <summary>The keys of <c>sip</c>.</summary>
internal static class SipSchema
{
    private const string EveryIPv4Address = "0.0.0.0";

    private static readonly Setting<ImmutableArray<SipListenPoint>> Listen = Setting.Defaulting(
        "listen", ValueKinds.NonEmptyListOf(NetworkKinds.ListenPoint),
        [Default(SipTransport.Udp), Default(SipTransport.Tcp)],
        "Where carriers reach us. Port 0 takes any free port; `tls:` needs the key `tls`.");

    private static readonly Setting<IPAddress> AdvertisedAddress = Setting.Optional(
        "advertisedAddress", NetworkKinds.Address, "the address that the carrier's request reached",
        "What carriers are told to address, where a NAT or a load balancer stands in front of the node.");

    private static readonly Setting<string> Product = Setting.Defaulting(
        "product", ValueKinds.Text("Farspan", 64, 0), "Farspan",
        "The Server and User-Agent headers (RFC 3261 §20.35); `\"\"` for none.");

    private static readonly Setting<SipTlsModel> Tls = Setting.Optional(
        "tls", SipTlsSchema.Section, "no TLS", "The certificate for `tls:` listen points.");

    private static readonly Setting<ImmutableArray<TrunkModel>> Trunks = Setting.Optional(
        "trunks", ValueKinds.NonEmptyListOf(TrunkSchema.Section),
        "one trunk, `default`, for calls from private addresses",
        "The carriers. A call from an address of no trunk is refused.");

    public static Section<SipModel> Section { get; } = new(
        "The side that faces the carriers.", [Listen, AdvertisedAddress, Product, Tls, Trunks], Build);

    private static SipModel Build(SectionValues values)
    {
        var listen = values.Get(Listen);
        values.RequireFit(
            values.Has(Tls) || listen.All(point => point.Transport != SipTransport.Tls),
            Listen, "a TLS listen point has no certificate",
            "Add the key sip.tls, or remove the listen point.");
        values.RequireFit(
            listen.Where(point => point.EndPoint.Port != 0).GroupBy(Socket).All(same => same.Count() == 1),
            Listen, "two listen points need the same port", "Give one of them another port.");
        return new SipModel
        {
            Listen = listen,
            AdvertisedAddress = values.Find(AdvertisedAddress),
            Product = values.Get(Product),
            Tls = values.Find(Tls),
            Trunks = values.FindNumber(Trunks) ?? [TrunkSchema.ForPrivateAddresses(values.Section)],
        };
    }

    private static (bool IsDatagram, IPEndPoint EndPoint) Socket(SipListenPoint point) =>
        (point.Transport == SipTransport.Udp, point.EndPoint);

    private static SipListenPoint Default(SipTransport transport) =>
        new(transport, IPEndPoint.Parse($"{EveryIPv4Address}:5060"));
}
