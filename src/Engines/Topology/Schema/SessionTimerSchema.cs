namespace Farspan.Topology;

/// <summary>The keys of a trunk's <c>sessionTimer</c>.</summary>
internal static class SessionTimerSchema
{
    private static readonly ScalarKind<TimeSpan> Interval90 =
        DurationKind.Between(TimeSpan.FromSeconds(90), TimeSpan.FromHours(24));

    private static readonly Setting<TimeSpan> Interval = Setting.Defaulting(
        "interval", Interval90, TimeSpan.FromMinutes(30), "The Session-Expires that we ask for.");

    private static readonly Setting<TimeSpan> IntervalMin = Setting.Defaulting(
        "min", Interval90, TimeSpan.FromSeconds(90), "The smallest Session-Expires that we accept (Min-SE).");

    public static Section<SessionTimerModel> Section { get; } = new(
        "How often a call proves that it still lives (RFC 4028).",
        [Interval, IntervalMin],
        values =>
        {
            values.RequireFit(
                values.Get(IntervalMin) <= values.Get(Interval),
                IntervalMin, "it is longer than `interval`", "Make it shorter, or `interval` longer.");
            return new SessionTimerModel(values.Get(Interval), values.Get(IntervalMin));
        });
}
