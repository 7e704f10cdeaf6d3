namespace Farspan.Topology;

/// <summary>The keys of a link's <c>bfd</c>.</summary>
internal static class BfdSchema
{
    private static readonly ScalarKind<TimeSpan> Wait =
        DurationKind.Between(TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(5));

    private static readonly ScalarKind<int> Count = ValueKinds.Integer(1, 255, "5");

    private static readonly WordKind<BfdRole> AnyRole =
        ValueKinds.Word(("active", BfdRole.Active), ("passive", BfdRole.Passive));

    public static readonly Setting<bool> Enabled = Setting.Optional(
        "enabled", ValueKinds.Flag, "where the transport has it: not on VPN",
        "Whether Google's side runs BFD.");

    public static readonly Setting<BfdRole> Role = Setting.Defaulting(
        "role", AnyRole, BfdRole.Active, "Whether Google's side starts the session.");

    public static readonly Setting<TimeSpan> Transmit = Setting.Defaulting(
        "transmit", Wait, TimeSpan.FromSeconds(1), "How often Google's side wants to send.");

    public static readonly Setting<TimeSpan> Receive = Setting.Defaulting(
        "receive", Wait, TimeSpan.FromSeconds(1), "How often Google's side can take packets.");

    public static readonly Setting<int> Multiplier = Setting.Defaulting(
        "multiplier", Count, 5, "Packets of Google's side that AWS may miss.");

    public static readonly Setting<bool> AwsEnabled = Setting.Defaulting(
        "awsEnabled", ValueKinds.Flag, true, "Whether AWS's side runs BFD, as Direct Connect does.");

    public static readonly Setting<BfdRole> AwsRole = Setting.Defaulting(
        "awsRole", AnyRole, BfdRole.Passive, "Whether AWS's side starts the session.");

    public static readonly Setting<TimeSpan> AwsInterval = Setting.Defaulting(
        "awsInterval", Wait, TimeSpan.FromMilliseconds(300), "How often AWS's side sends and takes packets.");

    public static readonly Setting<int> AwsMultiplier = Setting.Defaulting(
        "awsMultiplier", Count, 3, "Packets of AWS's side that Google may miss.");

    public static Section<Written> Section { get; } = WrittenSection.Of(
        "Bidirectional forwarding detection (RFC 5880).",
        Enabled, Role, Transmit, Receive, Multiplier, AwsEnabled, AwsRole, AwsInterval, AwsMultiplier);
}
