namespace Farspan.Topology;

/// <summary>The keys of <c>calls</c>.</summary>
internal static class CallsSchema
{
    private static readonly Setting<int> CallsMax = Setting.Defaulting(
        "max", ValueKinds.Integer(1, 100_000, "2000"), 2_000,
        "Calls at once on this node; the next one gets 503.");

    private static readonly Setting<TimeSpan> RingingLimit = Setting.Defaulting(
        "ringingLimit", DurationKind.Between(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(3)),
        TimeSpan.FromSeconds(20),
        "How long a caller may hear ringing while Amazon Connect does not start the contact.");

    private static readonly Setting<TimeSpan> DigitGap = Setting.Defaulting(
        "digitGap", DurationKind.Between(TimeSpan.Zero, TimeSpan.FromSeconds(5)),
        TimeSpan.FromMilliseconds(200),
        "A pause this long between two digits ends a message to Amazon Connect.");

    private static readonly Setting<TimeSpan> DigitWaitMax = Setting.Defaulting(
        "digitWaitMax", DurationKind.Between(TimeSpan.Zero, TimeSpan.FromSeconds(10)),
        TimeSpan.FromMilliseconds(600),
        "No digit waits longer than this for others to join it.");

    public static Section<CallsModel> Section { get; } = new(
        "What all calls of a node share.",
        [CallsMax, RingingLimit, DigitGap, DigitWaitMax],
        values => new CallsModel
        {
            CallsMax = values.Get(CallsMax),
            RingingLimit = values.Get(RingingLimit),
            DigitGap = values.Get(DigitGap),
            DigitWaitMax = values.Get(DigitWaitMax),
        });
}
