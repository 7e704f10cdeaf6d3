using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>The keys of a link's <c>vpn</c>.</summary>
internal static class VpnSchema
{
    public static readonly Setting<SecretReference> SharedSecret = Setting.Optional(
        "sharedSecret", ValueKinds.Secret(), "an environment variable named after the tunnel",
        "The pre-shared key.");

    public static readonly Setting<int> IkeVersion = Setting.Defaulting(
        "ikeVersion", ValueKinds.Integer(1, 2, "2"), 2, "The version of IKE (RFC 7296).");

    public static readonly Setting<ImmutableArray<string>> Encryption = Setting.Defaulting(
        "encryption", ValueKinds.NonEmptyListOf(CloudKinds.Algorithm), ["AES256-GCM-16"],
        "Ciphers that are offered, in AWS's words.");

    public static readonly Setting<ImmutableArray<string>> Integrity = Setting.Defaulting(
        "integrity", ValueKinds.NonEmptyListOf(CloudKinds.Algorithm), ["SHA2-256"],
        "Hashes that are offered.");

    public static readonly Setting<ImmutableArray<int>> DhGroups = Setting.Defaulting(
        "dhGroups", ValueKinds.NonEmptyListOf(ValueKinds.Integer(1, 99, "20")), [20],
        "Diffie-Hellman groups.");

    public static readonly Setting<TimeSpan> DpdTimeout = Setting.Defaulting(
        "dpdTimeout", DurationKind.Between(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
        TimeSpan.FromSeconds(30), "When a silent peer counts as dead (RFC 3706 §5).");

    public static readonly Setting<string> DpdAction = Setting.Defaulting(
        "dpdAction", ValueKinds.Word(("restart", "restart"), ("clear", "clear"), ("none", "none")), "restart",
        "What AWS does then.");

    public static readonly Setting<string> StartupAction = Setting.Defaulting(
        "startupAction", ValueKinds.Word(("start", "start"), ("add", "add")), "start",
        "Whether AWS starts the negotiation (`start`) or waits for it (`add`).");

    public static readonly Setting<bool> IsStatic = Setting.Defaulting(
        "static", ValueKinds.Flag, false, "Whether routes are static instead of learned by BGP.");

    public static Section<Written> Section { get; } = WrittenSection.Of(
        "IPsec, for `ha-vpn`.",
        SharedSecret, IkeVersion, Encryption, Integrity, DhGroups, DpdTimeout, DpdAction, StartupAction,
        IsStatic);
}
