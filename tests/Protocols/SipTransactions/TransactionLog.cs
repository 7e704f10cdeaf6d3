using Farspan.Kernel;

namespace Farspan.Sip.Tests;

/// <summary>Runs a transaction in virtual time from deadline to deadline and writes down what it does
/// when.</summary>
internal sealed class TransactionLog(
    Func<Instant?> deadline, Action<Instant, Outbox<SipTransactionEffect>> expire)
{
    private readonly List<(long Ms, SipTransactionEffect Effect)> _entries = [];

    public Outbox<SipTransactionEffect> Outbox { get; } = new();

    public Instant Now { get; private set; } = Instant.Zero;

    public IReadOnlyList<(long Ms, SipTransactionEffect Effect)> Entries
    {
        get
        {
            Record();
            return _entries;
        }
    }

    /// <summary>When messages were sent, in milliseconds.</summary>
    public long[] Sent =>
        [.. Entries.Where(e => e.Effect.Kind == SipTransactionEffectKind.Send).Select(e => e.Ms)];

    public SipMessage[] Delivered =>
        [.. Entries.Where(e => e.Effect.Kind == SipTransactionEffectKind.Deliver)
            .Select(e => e.Effect.Message!)];

    /// <summary>When and how it ended; null while it has not.</summary>
    public (long Ms, SipTransactionOutcome Outcome)? End =>
        Entries.Where(e => e.Effect.Kind == SipTransactionEffectKind.Finish)
            .Select(e => ((long Ms, SipTransactionOutcome Outcome)?)(e.Ms, e.Effect.Outcome))
            .SingleOrDefault();

    /// <summary>Fires what is due up to a moment, one tick at a time where something is due.</summary>
    public void RunTo(long ms) => RunTo(Instant.FromMilliseconds(ms));

    /// <summary>Up to the last tick before a moment: the near side of a timer's edge.</summary>
    public void RunToJustBefore(long ms) => RunTo(new Instant(Instant.FromMilliseconds(ms).Ticks - 1));

    public void RunUntilQuiet() => RunTo(Instant.Never);

    private void RunTo(Instant end)
    {
        Record();
        while (deadline() is { } due && due <= end)
        {
            Now = due;
            expire(Now, Outbox);
            Record();
        }

        Now = end;
    }

    private void Record()
    {
        foreach (var effect in Outbox.Drain())
        {
            _entries.Add((Now.Milliseconds, effect));
        }
    }
}
