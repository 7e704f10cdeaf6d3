using System.Collections.Immutable;
using System.Net;
using Farspan.Audio;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.Topology;

/// <summary>The keys of a trunk.</summary>
internal static class TrunkSchema
{
    private static readonly Setting<string> Name = Setting.Required(
        "name", ValueKinds.Name("trunk"), "What routes, attributes and metrics call the trunk.");

    private static readonly Setting<bool> Kind = Setting.Defaulting(
        "kind", ValueKinds.Word(("carrier", false), ("edge", true)), false,
        "Who calls: a carrier, or edges of ours. What an edge says about calls in progress is believed.");

    private static readonly Setting<ImmutableArray<IPNetwork>> Sources = Setting.Required(
        "sources", new SourcesKind(),
        "Where the carrier calls from. Of several trunks the one with the most specific network counts.");

    private static readonly Setting<ImmutableArray<SipTransport>> Transports = Setting.Defaulting(
        "transports",
        ValueKinds.NonEmptyListOf(ValueKinds.Word(
            ("udp", SipTransport.Udp), ("tcp", SipTransport.Tcp), ("tls", SipTransport.Tls))),
        [SipTransport.Udp, SipTransport.Tcp, SipTransport.Tls],
        "How the carrier may signal.");

    private static readonly Setting<SrtpPolicy> Srtp = Setting.Defaulting(
        "srtp",
        ValueKinds.Word(
            ("forbid", SrtpPolicy.Forbid), ("allow", SrtpPolicy.Allow), ("require", SrtpPolicy.Require)),
        SrtpPolicy.Allow,
        "Encrypted media with keys in SDP (RFC 4568).");

    private static readonly Setting<ImmutableArray<AudioCodec>> Codecs = Setting.Defaulting(
        "codecs",
        ValueKinds.NonEmptyListOf(ValueKinds.Word(
            ("pcmu", AudioCodec.Pcmu), ("pcma", AudioCodec.Pcma), ("g722", AudioCodec.G722),
            ("opus", AudioCodec.Opus))),
        [AudioCodec.Pcmu, AudioCodec.Pcma],
        "The codecs that are accepted; our order of preference wins over the carrier's.");

    private static readonly Setting<bool> ComfortNoise = Setting.Defaulting(
        "comfortNoise", ValueKinds.Flag, false, "Whether comfort noise (RFC 3389) is negotiated.");

    private static readonly Setting<int> ChannelsMax = Setting.Optional(
        "channelsMax", ValueKinds.Integer(1, 100_000, "120"), "no limit but the node's", "Calls at once.");

    private static readonly Setting<double> CallsPerSecondMax = Setting.Optional(
        "callsPerSecondMax", ValueKinds.Number(0.01, 10_000, "10"), "no limit", "New calls a second.");

    private static readonly Setting<SessionTimerModel> SessionTimer =
        Setting.Nested("sessionTimer", SessionTimerSchema.Section);

    private static readonly Setting<ImmutableArray<DtmfSource>> Dtmf = Setting.Defaulting(
        "dtmf",
        ValueKinds.ListOf(ValueKinds.Word(
            ("rfc4733", DtmfSource.TelephoneEvent), ("info", DtmfSource.SipInfo),
            ("inband", DtmfSource.InBand))),
        [DtmfSource.TelephoneEvent, DtmfSource.SipInfo, DtmfSource.InBand],
        "Where digits are taken from; a digit that comes on several ways counts once.");

    private static readonly Setting<bool> EndsOnSilence = Setting.Defaulting(
        "endsOnSilence", ValueKinds.Flag, false,
        "Whether a call ends when its carrier sends no media for `media.carrierSilence`, though it may.");

    public static Section<TrunkModel> Section { get; } = new(
        "A carrier's trunk.",
        [
            Name, Kind, Sources, Transports, Srtp, Codecs, ComfortNoise, ChannelsMax,
            CallsPerSecondMax, SessionTimer, Dtmf, EndsOnSilence,
        ],
        Build);

    /// <summary>The trunk of a file that names none.</summary>
    public static TrunkModel ForPrivateAddresses(Reading sip)
    {
        var place = sip.Node.Place;
        var node = new ConfigurationNode.Mapping(place,
        [
            new(Name.Name, place, new ConfigurationNode.Scalar(place, "default")),
            new(Sources.Name, place, new ConfigurationNode.Scalar(place, "private")),
        ]);
        var isRead = Section.TryRead(sip.At(node, "trunks"), out var trunk);
        Kernel.Invariant.Require(isRead);
        return trunk!;
    }

    private static TrunkModel Build(SectionValues values)
    {
        var transports = values.Get(Transports);
        if (values.Get(Srtp) == SrtpPolicy.Require
            && transports.Any(transport => transport != SipTransport.Tls))
        {
            values.Report(
                Srtp,
                FindingRules.KeysInClear,
                "encrypted media is required, but signalling may be in clear text",
                "Write `transports: [tls]`.");
        }

        return new TrunkModel
        {
            Name = values.Get(Name),
            IsEdge = values.Get(Kind),
            Sources = values.Get(Sources),
            Transports = [.. transports.Distinct()],
            Srtp = values.Get(Srtp),
            Codecs = [.. values.Get(Codecs).Distinct()],
            ComfortNoise = values.Get(ComfortNoise),
            ChannelsMax = values.FindNumber(ChannelsMax),
            CallsPerSecondMax = values.FindNumber(CallsPerSecondMax),
            SessionTimer = values.Get(SessionTimer),
            Dtmf = [.. values.Get(Dtmf).Distinct()],
            EndsOnSilence = values.Get(EndsOnSilence),
        };
    }
}
