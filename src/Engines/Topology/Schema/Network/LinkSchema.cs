using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>The keys of a link, and of <c>links</c>, which holds for all of them.</summary>
internal static class LinkSchema
{
    private static readonly ScalarKind<TimeSpan> Timer =
        DurationKind.Between(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));

    public static readonly Setting<LinkTransport> Transport = Setting.Defaulting(
        "transport", CloudKinds.Transport, LinkTransport.PartnerCrossCloud, "How the clouds are joined.");

    public static readonly Setting<int> Count = Setting.Optional(
        "count", ValueKinds.Integer(1, 16, "2"), "4 for partner-cross-cloud-interconnect and ha-vpn, else 2",
        "Links of each region that lists none.");

    public static readonly Setting<string> Name = Setting.Optional(
        "name", CloudKinds.ResourceName, "`a`, `b`, … by position",
        "The link's name; its id is `link/<region>/<name>`.");

    public static readonly Setting<int> Bandwidth = Setting.Optional(
        "bandwidth", ValueKinds.Integer(1, 400_000, "10000"), "10000; 1250 for ha-vpn", "In Mbit/s.");

    public static readonly Setting<LinkEncryption> Encryption = Setting.Optional(
        "encryption",
        ValueKinds.Word(
            ("none", LinkEncryption.None), ("macsec", LinkEncryption.Macsec),
            ("ipsec", LinkEncryption.Ipsec)),
        "what the transport does by itself, or the policy demands", "What hides the traffic.");

    public static readonly Setting<TimeSpan> RoundTrip = Setting.Defaulting(
        "roundTrip", DurationKind.Between(TimeSpan.Zero, TimeSpan.FromSeconds(1)),
        TimeSpan.FromMilliseconds(2), "Between the clouds and back.");

    public static readonly Setting<int> AttachmentMtu = Setting.Optional(
        "attachmentMtu", ValueKinds.Integer(500, 10_000, "1500"), "1500",
        "Of Google's attachment, in bytes.");

    public static readonly Setting<int> InterfaceMtu = Setting.Optional(
        "interfaceMtu", ValueKinds.Integer(500, 10_000, "1500"), "1500",
        "Of the virtual interface, in bytes.");

    public static readonly Setting<TimeSpan> Keepalive = Setting.Optional(
        "keepalive", Timer, "the router's", "Of Google's end; three of them are its hold time.");

    public static readonly Setting<TimeSpan> AwsKeepalive = Setting.Optional(
        "awsKeepalive", Timer, "30s; 10s for ha-vpn", "Of AWS's end.");

    public static readonly Setting<TimeSpan> AwsHold = Setting.Optional(
        "awsHold", Timer, "three keep-alives", "Of AWS's end.");

    public static readonly Setting<TimeSpan> GracefulRestart = Setting.Optional(
        "gracefulRestart", Timer, "none",
        "How long Google's end keeps routes of a lost session (RFC 4724 §4.2).");

    public static readonly Setting<SecretReference> Md5Key = Setting.Optional(
        "md5Key", ValueKinds.Secret(), "an environment variable named after the link; none for ha-vpn",
        "The key of the BGP session (RFC 2385 §2).");

    public static readonly Setting<int> Priority = Setting.Optional(
        "priority", ValueKinds.Integer(0, 65_535, "100"), "the router's",
        "MED of what Google tells over this link; lower is better.");

    public static readonly Setting<bool> TtlSecurity = Setting.Defaulting(
        "ttlSecurity", ValueKinds.Flag, false, "Whether packets with a TTL below 255 are dropped.");

    public static readonly Setting<bool> Enabled = Setting.Defaulting(
        "enabled", ValueKinds.Flag, true, "Whether the session is up in normal times.");

    public static readonly Setting<Written> Bfd =
        WrittenSection.Optional("bfd", BfdSchema.Section, "see below");

    public static readonly Setting<Written> Vpn =
        WrittenSection.Optional("vpn", VpnSchema.Section, "see below");

    public static readonly Setting<bool> Hosted = Setting.Defaulting(
        "hosted", ValueKinds.Flag, false, "Whether a partner's Direct Connect port is shared.");

    public static readonly Setting<int> Ports = Setting.Defaulting(
        "ports", ValueKinds.Integer(1, 8, "1"), 1, "Ports bundled into one interconnect.");

    private static readonly ImmutableArray<Setting> Shared =
    [
        Bandwidth, Encryption, RoundTrip, AttachmentMtu, InterfaceMtu, Keepalive, AwsKeepalive, AwsHold,
        GracefulRestart, Md5Key, Priority, TtlSecurity, Enabled, Bfd, Vpn, Hosted, Ports,
    ];

    public static Section<Written> Defaults { get; } = WrittenSection.Of(
        "What holds for all links between the clouds, unless a link says otherwise.",
        [Transport, Count, .. Shared]);

    public static Section<Written> Section { get; } = WrittenSection.Of(
        "A link between the two clouds, with everything on both sides of it.",
        [Name, .. LinkEndSchema.Settings, .. Shared]);
}
