namespace Farspan.Topology;

/// <summary>The keys of an objective.</summary>
internal static class ObjectiveSchema
{
    private static readonly ScalarKind<TimeSpan> Within =
        DurationKind.Between(TimeSpan.Zero, TimeSpan.FromHours(24));

    public static readonly Setting<string> Name = Setting.Optional(
        "name", CloudKinds.ResourceName, "the failure's", "What verdicts call it.");

    public static readonly WordKind<FailureClass> AnyFailure = ValueKinds.Word(
        ("any", FailureClass.Any), ("link", FailureClass.Link),
        ("region-links", FailureClass.RegionLinks),
        ("tunnel", FailureClass.Tunnel), ("peering", FailureClass.Peering),
        ("connector-instance", FailureClass.ConnectorInstance), ("zone", FailureClass.Zone),
        ("edge-instance", FailureClass.EdgeInstance), ("connect-instance", FailureClass.ConnectInstance),
        ("google-region", FailureClass.GoogleRegion), ("aws-region", FailureClass.AwsRegion),
        ("metro", FailureClass.Metro), ("carrier", FailureClass.Carrier), ("dns", FailureClass.Dns),
        ("controller", FailureClass.Controller));

    public static readonly Setting<FailureClass> Failure = Setting.Required("failure", AnyFailure, "What fails.");

    public static readonly Setting<int> Failures = Setting.Defaulting(
        "failures", ValueKinds.Integer(1, 2, "1"), 1, "How many of them at once.");

    public static readonly Setting<TimeSpan> NewCalls = Setting.Optional(
        "newCalls", Within, "not promised", "New calls work again within this time.");

    public static readonly Setting<TimeSpan> EstablishedCalls = Setting.Optional(
        "establishedCalls", Within, "not promised", "Established calls are heard again within this time.");

    public static readonly Setting<int> CallsKept = Setting.Optional(
        "callsKept", ValueKinds.Integer(0, 100, "100"), "not promised",
        "Percent of established calls that live on.");

    public static readonly Setting<int> Headroom = Setting.Optional(
        "headroom", ValueKinds.Integer(0, 1_000, "25"), "not promised",
        "Capacity that is left, in percent beyond the carriers' peak.");

    public static Section<Written> Section { get; } = WrittenSection.Of(
        "A promise about what a failure may cost; `farspan simulate` proves or refutes it.",
        Name, Failure, Failures, NewCalls, EstablishedCalls, CallsKept, Headroom);
}
