namespace Farspan.Topology;

/// <summary>The keys of how one part asks another whether it lives.</summary>
internal static class ProbingSchema
{
    private static readonly ScalarKind<TimeSpan> Wait =
        DurationKind.Between(TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1));

    public static readonly Setting<TimeSpan> Interval = Setting.Defaulting(
        "interval", Wait, TimeSpan.FromSeconds(1), "Between two questions.");

    public static readonly Setting<int> Failures = Setting.Defaulting(
        "failures", ValueKinds.Integer(1, 100, "3"), 3, "Unanswered questions that count as death.");

    public static readonly Setting<TimeSpan> Timeout = Setting.Defaulting(
        "timeout", Wait, TimeSpan.FromSeconds(1), "Of one question.");

    public static Section<Written> Section { get; } = WrittenSection.Of(
        "How one part asks another whether it lives.", Interval, Failures, Timeout);

    public static Probing Make(Written probing) =>
        new(probing.Get(Interval), probing.Get(Failures), probing.Get(Timeout));
}
