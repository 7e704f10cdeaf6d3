namespace Farspan.Topology;

/// <summary>The keys of a carrier's <c>probing</c>.</summary>
internal static class CarrierProbingSchema
{
    private static readonly ScalarKind<TimeSpan> Wait =
        DurationKind.Between(TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));

    public static readonly Setting<bool> Enabled = Setting.Defaulting(
        "enabled", ValueKinds.Flag, true, "Whether it asks at all.");

    public static readonly Setting<TimeSpan> Interval = Setting.Defaulting(
        "interval", Wait, TimeSpan.FromSeconds(10), "Between two questions while the target answers.");

    public static readonly Setting<int> Attempts = Setting.Defaulting(
        "attempts", ValueKinds.Integer(1, 100, "2"), 2,
        "Unanswered questions that make a target count as gone.");

    public static readonly Setting<TimeSpan> RetryInterval = Setting.Optional(
        "retryInterval", Wait, "`interval`", "Between questions after an unanswered one.");

    public static readonly Setting<TimeSpan> Timeout = Setting.Defaulting(
        "timeout", Wait, TimeSpan.FromSeconds(2), "Of one question; 32s if nobody has tuned Timer F.");

    public static Section<Written> Section { get; } = WrittenSection.Of(
        "How a carrier notices with OPTIONS that a target is gone.",
        Enabled, Interval, Attempts, RetryInterval, Timeout);
}
