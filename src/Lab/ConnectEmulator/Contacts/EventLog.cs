using Farspan.Kernel;

namespace Farspan.ConnectEmulator;

/// <summary>
/// Numbers events, keeps the last <see cref="EmulatorLimits.RetainedEvents"/> and reports each.
/// </summary>
internal sealed class EventLog(DateTimeOffset origin)
{
    private readonly Queue<ConnectEvent> _events = new();
    private long _sequence;

    public IEnumerable<ConnectEvent> After(long sequence) => _events.Where(seen => seen.Sequence > sequence);

    public DateTimeOffset WallClock(Instant now) => origin + (now - Instant.Zero);

    public void Add(ConnectEvent happened, Instant now, Outbox<ConnectEffect> outbox)
    {
        var numbered = happened with { Sequence = ++_sequence, At = WallClock(now) };
        _events.Enqueue(numbered);
        if (_events.Count > EmulatorLimits.RetainedEvents)
        {
            _events.Dequeue();
        }

        outbox.Add(new ConnectEffect.Report(numbered));
    }
}
