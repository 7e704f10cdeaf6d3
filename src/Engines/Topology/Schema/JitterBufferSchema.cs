namespace Farspan.Topology;

/// <summary>The keys of <c>media.jitterBuffer</c>.</summary>
internal static class JitterBufferSchema
{
    private static readonly ScalarKind<TimeSpan> Delay =
        DurationKind.Between(TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(1));

    private static readonly Setting<TimeSpan> MinDelay = Setting.Defaulting(
        "min", Delay, TimeSpan.FromMilliseconds(20), "The delay on a perfect network.");

    private static readonly Setting<TimeSpan> MaxDelay = Setting.Defaulting(
        "max", Delay, TimeSpan.FromMilliseconds(200), "Packets later than this are not waited for.");

    public static Section<JitterBufferModel> Section { get; } = new(
        "The buffers that even out the network's delays; they adapt themselves between two limits.",
        [MinDelay, MaxDelay],
        values =>
        {
            values.RequireFit(
                values.Get(MinDelay) <= values.Get(MaxDelay), MinDelay, "it is longer than `max`",
                "Make it shorter.");
            return new JitterBufferModel(values.Get(MinDelay), values.Get(MaxDelay));
        });
}
