using System.Collections.Immutable;
using System.Net;
using Farspan.Audio;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.Topology;

/// <summary>The keys of a carrier.</summary>
internal static class CarrierSchema
{
    public static readonly Setting<string> Name = Setting.Required(
        "name", ValueKinds.Name("carrier"), "What findings, drills and metrics call the carrier.");

    public static readonly Setting<string> Provider = Setting.Optional(
        "provider", ValueKinds.Text("Acme Telecom", 64), "its name",
        "Whose network it is: carriers of one provider fail together.");

    public static readonly Setting<ImmutableArray<IPNetwork>> Sources = Setting.Defaulting(
        "sources", ValueKinds.ListOf(NetworkKinds.Network), [], "Where it calls from.");

    public static readonly Setting<ImmutableArray<Written>> Targets = Setting.Optional(
        "targets", ValueKinds.ListOf(CarrierTargetSchema.Section),
        "the edges of all regions, the first one first", "Where it sends calls, the preferred place first.");

    public static readonly Setting<ImmutableArray<SipTransport>> Transports = Setting.Defaulting(
        "transports", ValueKinds.NonEmptyListOf(CloudKinds.SipTransport), [SipTransport.Udp],
        "How it signals, the preferred way first.");

    public static readonly Setting<Written> Probing =
        WrittenSection.Optional("probing", CarrierProbingSchema.Section, "see below");

    public static readonly Setting<TimeSpan> InviteTimeout = Setting.Defaulting(
        "inviteTimeout", DurationKind.Between(TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5)),
        TimeSpan.FromSeconds(4),
        "When it tries the next target, its INVITE unanswered; 32s if nobody has tuned Timer B.");

    public static readonly Setting<int> PeakCalls = Setting.Required(
        "peakCalls", ValueKinds.Integer(0, 1_000_000, "600"), "Calls at once in the busiest hour.");

    public static readonly Setting<double> PeakCallsPerSecond = Setting.Optional(
        "peakCallsPerSecond", ValueKinds.Number(0, 100_000, "5"), "`peakCalls` at three minutes a call",
        "New calls a second in the busiest hour.");

    public static readonly Setting<ImmutableArray<string>> Numbers = Setting.Defaulting(
        "numbers", ValueKinds.ListOf(CloudKinds.Number), [],
        "Numbers that it delivers, or their beginnings.");

    public static readonly Setting<ImmutableArray<KeyValuePair<string, ImmutableArray<string>>>>
        RegionNumbers = Setting.Defaulting(
            "regionNumbers",
            new MapKind<ImmutableArray<string>>(
                ValueKinds.ReferenceTo("region"), ValueKinds.ListOf(CloudKinds.Number)),
            [],
            "Numbers that it delivers to one region alone.");

    public static readonly Setting<ImmutableArray<AudioCodec>> Codecs = Setting.Defaulting(
        "codecs",
        ValueKinds.NonEmptyListOf(ValueKinds.Word(
            ("pcmu", AudioCodec.Pcmu), ("pcma", AudioCodec.Pcma), ("g722", AudioCodec.G722),
            ("opus", AudioCodec.Opus))),
        [AudioCodec.Pcmu, AudioCodec.Pcma],
        "What it offers.");

    public static readonly Setting<SrtpPolicy> Srtp = Setting.Defaulting(
        "srtp",
        ValueKinds.Word(
            ("forbid", SrtpPolicy.Forbid), ("allow", SrtpPolicy.Allow), ("require", SrtpPolicy.Require)),
        SrtpPolicy.Allow,
        "Encrypted media with keys in SDP (RFC 4568).");

    public static readonly Setting<bool> MutualTls = Setting.Defaulting(
        "mutualTls", ValueKinds.Flag, true, "Over TLS: whether it shows a certificate of its own.");

    public static readonly Setting<string> TlsName = Setting.Optional(
        "tlsName", CloudKinds.HostName, "the name of its first target's edge",
        "The name it looks for in our certificate.");

    public static readonly Setting<DateOnly> CertificateEnd = Setting.Optional(
        "certificateEnd", CloudKinds.Date, "not known", "When our certificate for it ends.");

    public static readonly Setting<bool> SessionTimers = Setting.Defaulting(
        "sessionTimers", ValueKinds.Flag, true, "Whether it keeps session timers.");

    public static readonly Setting<SessionTimerModel> SessionTimer =
        Setting.Nested("sessionTimer", SessionTimerSchema.Section);

    public static readonly Setting<bool> SymmetricResponse = Setting.Defaulting(
        "symmetricResponse", ValueKinds.Flag, true,
        "Whether answers go where requests came from (RFC 3581 §4).");

    public static readonly Setting<int> UdpMessageMax = Setting.Defaulting(
        "udpMessageMax", ValueKinds.Integer(0, 65_535, "1200"), 1_200,
        "Bytes of its largest request over UDP; RFC 3261 §18.1.1 allows 1300.");

    public static Section<Written> Section { get; } = WrittenSection.Of(
        "A carrier: where it calls from, where it sends calls, how it notices failures.",
        Name, Provider, Sources, Targets, Transports, Probing, InviteTimeout, PeakCalls, PeakCallsPerSecond,
        Numbers, RegionNumbers, Codecs, Srtp, MutualTls, TlsName, CertificateEnd, SessionTimers, SessionTimer,
        SymmetricResponse, UdpMessageMax);
}
