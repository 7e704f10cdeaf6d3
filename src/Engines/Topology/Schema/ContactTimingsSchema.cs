namespace Farspan.Topology;

/// <summary>The keys of <c>connect.timings</c>.</summary>
internal static class ContactTimingsSchema
{
    private static readonly ScalarKind<TimeSpan> Wait =
        DurationKind.Between(TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(2));

    private static readonly Setting<TimeSpan> Request = Setting.Defaulting(
        "request", Wait, TimeSpan.FromSeconds(5), "One request to Amazon Connect, its answer included.");

    private static readonly Setting<TimeSpan> BackOffFirst = Setting.Defaulting(
        "backOffFirst", Wait, TimeSpan.FromMilliseconds(400),
        "Mean wait before the first repeat; it doubles.");

    private static readonly Setting<TimeSpan> BackOffMax = Setting.Defaulting(
        "backOffMax", Wait, TimeSpan.FromSeconds(5), "Longest mean wait between two attempts.");

    private static readonly Setting<TimeSpan> SettleLimit = Setting.Defaulting(
        "settleLimit", DurationKind.Between(TimeSpan.FromSeconds(10), TimeSpan.FromHours(24)),
        TimeSpan.FromMinutes(10),
        "How long a contact that nobody wants any more is pursued.");

    private static readonly Setting<TimeSpan> Gather = Setting.Defaulting(
        "gather", Wait, TimeSpan.FromSeconds(5),
        "Finding our own candidates (RFC 8445 §5.1.1), TURN included.");

    private static readonly Setting<TimeSpan> Connect = Setting.Defaulting(
        "connect", Wait, TimeSpan.FromSeconds(10), "From the answer until media flows: ICE and DTLS.");

    private static readonly Setting<TimeSpan> Rejoin = Setting.Defaulting(
        "rejoin", Wait, TimeSpan.FromSeconds(60),
        "From the loss of a connected leg until it is given up; Amazon Connect keeps the seat for 60s.");

    public static Section<ContactTimingsModel> Section { get; } = new(
        "How long the steps towards a contact may take, and how they are repeated.",
        [Request, BackOffFirst, BackOffMax, SettleLimit, Gather, Connect, Rejoin],
        Build);

    private static ContactTimingsModel Build(SectionValues values)
    {
        values.RequireFit(
            values.Get(BackOffFirst) <= values.Get(BackOffMax),
            BackOffFirst, "it is longer than `backOffMax`", "Make it shorter.");
        return new ContactTimingsModel
        {
            Request = values.Get(Request),
            BackOffFirst = values.Get(BackOffFirst),
            BackOffMax = values.Get(BackOffMax),
            SettleLimit = values.Get(SettleLimit),
            Gather = values.Get(Gather),
            Connect = values.Get(Connect),
            Rejoin = values.Get(Rejoin),
        };
    }
}
