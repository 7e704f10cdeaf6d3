namespace Farspan.Topology;

/// <summary>The keys of an instance's <c>quota</c>; the defaults are AWS's for a new account.</summary>
internal static class QuotaSchema
{
    private static readonly Setting<double> StartsPerSecond = Setting.Defaulting(
        "startsPerSecond", ValueKinds.Number(0.1, 1_000, "10"), 2, "Sustained rate of StartWebRTCContact.");

    private static readonly Setting<int> StartBurst = Setting.Defaulting(
        "burst", ValueKinds.Integer(1, 1_000, "10"), 2, "Starts that may follow one another at once.");

    private static readonly Setting<int> Concurrent = Setting.Defaulting(
        "concurrent", ValueKinds.Integer(1, 100_000, "500"), 10,
        "Active calls of the instance. Where several nodes serve it, write each node's share.");

    private static readonly Setting<TimeSpan> WaitMax = Setting.Defaulting(
        "waitMax", DurationKind.Between(TimeSpan.Zero, TimeSpan.FromMinutes(3)), TimeSpan.FromSeconds(20),
        "How long a caller may hear ringing while waiting for quota.");

    private static readonly Setting<int> WaitingMax = Setting.Defaulting(
        "waitingMax", ValueKinds.Integer(0, 100_000, "500"), 500,
        "Callers that may wait at once; the next gets 503.");

    public static Section<QuotaModel> Section { get; } = new(
        "What AWS Service Quotas grants, and how long callers wait for it.",
        [StartsPerSecond, StartBurst, Concurrent, WaitMax, WaitingMax],
        values => new QuotaModel
        {
            StartsPerSecond = values.Get(StartsPerSecond),
            StartBurst = values.Get(StartBurst),
            ConcurrentContactsMax = values.Get(Concurrent),
            WaitMax = values.Get(WaitMax),
            WaitingMax = values.Get(WaitingMax),
        });

    /// <summary>What holds where nothing is written.</summary>
    public static QuotaModel Default(Reading near)
    {
        var nothing = new ConfigurationNode.Mapping(near.Node.Place, []);
        var isRead = Section.TryRead(near.At(nothing, "quota"), out var model);
        Kernel.Invariant.Require(isRead);
        return model!;
    }
}
