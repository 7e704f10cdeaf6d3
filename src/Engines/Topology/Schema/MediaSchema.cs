using System.Net;

namespace Farspan.Topology;

/// <summary>The keys of <c>media</c>.</summary>
internal static class MediaSchema
{
    private static readonly Setting<IPAddress> Address = Setting.Optional(
        "address", NetworkKinds.Address, "the address that the machine reaches the world from",
        "The local address of media ports; never `0.0.0.0`, for carriers must be told one.");

    private static readonly Setting<IPAddress> AdvertisedAddress = Setting.Optional(
        "advertisedAddress", NetworkKinds.Address, "`address`",
        "What carriers are told to send to, where a NAT with the same ports stands in front of the node.");

    private static readonly Setting<PortRange> Ports = Setting.Defaulting(
        "ports", NetworkKinds.Ports, new PortRange(20_000, 29_999),
        "UDP ports for carriers; each call takes two, an even one and the next.");

    private static readonly Setting<int> Workers = Setting.Optional(
        "workers", ValueKinds.Integer(1, 256, "4"), "one for each processor but one",
        "Threads that carry media.");

    private static readonly Setting<JitterBufferModel> JitterBuffer =
        Setting.Nested("jitterBuffer", JitterBufferSchema.Section);

    private static readonly Setting<TimeSpan> LatchingWindow = Setting.Defaulting(
        "latchingWindow", DurationKind.Between(TimeSpan.Zero, TimeSpan.FromMinutes(1)),
        TimeSpan.FromSeconds(10),
        "How long media from another address than SDP named is believed after a call is set up or changed.");

    private static readonly Setting<TimeSpan> PacketTime = Setting.Defaulting(
        "packetTime",
        ValueKinds.Word(
            Milliseconds(20), Milliseconds(10), Milliseconds(30), Milliseconds(40), Milliseconds(60)),
        TimeSpan.FromMilliseconds(20),
        "How much audio we ask carriers to put in a packet.");

    private static readonly Setting<TimeSpan> CarrierSilence = Setting.Defaulting(
        "carrierSilence", DurationKind.Between(TimeSpan.FromSeconds(5), TimeSpan.FromHours(1)),
        TimeSpan.FromSeconds(30),
        "Without packets for this long a carrier counts as silent; see `sip.trunks[].endsOnSilence`.");

    private static readonly Setting<int> Dscp = Setting.Defaulting(
        "dscp", ValueKinds.Integer(0, 63, "46"), 46,
        "The code point that media packets carry (RFC 2474 §3); 46 is Expedited Forwarding.");

    private static readonly Setting<OpusModel> Opus = Setting.Nested("opus", OpusSchema.Section);

    public static Section<MediaModel> Section { get; } = new(
        "The audio of all calls.",
        [
            Address, AdvertisedAddress, Ports, Workers, JitterBuffer, LatchingWindow, PacketTime,
            CarrierSilence, Dscp, Opus,
        ],
        Build);

    private static MediaModel Build(SectionValues values)
    {
        var address = values.Find(Address);
        values.RequireFit(
            address is null || !(address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)),
            Address, "it is no address that a carrier could send to",
            "Write the node's own address, or remove the key.");
        return new MediaModel
        {
            Address = address,
            AdvertisedAddress = values.Find(AdvertisedAddress),
            Ports = values.Get(Ports),
            Workers = values.FindNumber(Workers),
            JitterBuffer = values.Get(JitterBuffer),
            LatchingWindow = values.Get(LatchingWindow),
            PacketTime = values.Get(PacketTime),
            CarrierSilence = values.Get(CarrierSilence),
            Dscp = values.Get(Dscp),
            Opus = values.Get(Opus),
        };
    }

    private static (string Word, TimeSpan Value) Milliseconds(int count) =>
        ($"{count}ms", TimeSpan.FromMilliseconds(count));
}
