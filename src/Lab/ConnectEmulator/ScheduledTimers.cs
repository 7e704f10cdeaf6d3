using Farspan.Kernel;

namespace Farspan.ConnectEmulator;

/// <summary>
/// The timers of one owner, whose earliest deadline is always up to date in the agenda of all.
/// </summary>
internal sealed class ScheduledTimers<TTimer>(object owner, DeadlineQueue<object> agenda)
    where TTimer : struct, Enum
{
    private readonly TimerTable<TTimer> _timers = new();

    public bool IsRunning(TTimer timer) => _timers.IsRunning(timer);

    public void Start(TTimer timer, Instant deadline)
    {
        _timers.Start(timer, deadline);
        agenda.Set(owner, _timers.Next);
    }

    public void Stop(TTimer timer)
    {
        _timers.Stop(timer);
        agenda.Set(owner, _timers.Next);
    }

    public void StopAll()
    {
        _timers.StopAll();
        agenda.Remove(owner);
    }

    public bool TryExpire(TTimer timer, Instant now)
    {
        var isDue = _timers.TryExpire(timer, now);
        agenda.Set(owner, _timers.Next);
        return isDue;
    }
}
