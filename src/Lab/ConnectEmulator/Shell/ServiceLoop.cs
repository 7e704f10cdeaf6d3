using Farspan.Kernel;

namespace Farspan.ConnectEmulator;

/// <summary>
/// Runs a <see cref="ConnectService"/> in real time: one input at a time, effects performed in order, the
/// timer armed. Inputs may come from any thread, and also while effects are performed.
/// </summary>
internal sealed class ServiceLoop : IMeetingMediaEvents, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Outbox<ConnectEffect> _outbox = new();
    private readonly ConnectService _service;
    private readonly EffectPerformer _performer;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly long _startedAt;
    private bool _isPerforming;

    public ServiceLoop(ConnectService service, EffectPerformer performer, TimeProvider time)
    {
        _service = service;
        _performer = performer;
        _time = time;
        _startedAt = time.GetTimestamp();
        _timer = time.CreateTimer(
            _ => Run((s, now, outbox) => s.Expire(now, outbox)),
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        Run((s, now, outbox) => s.Start(now, outbox));
    }

    private Instant Now => Instant.Zero + _time.GetElapsedTime(_startedAt);

    public T Run<T>(Func<ConnectService, Instant, Outbox<ConnectEffect>, T> input)
    {
        lock (_gate)
        {
            var result = input(_service, Now, _outbox);
            PerformEffects();
            return result;
        }
    }

    public void Run(Action<ConnectService, Instant, Outbox<ConnectEffect>> input) =>
        Run((service, now, outbox) =>
        {
            input(service, now, outbox);
            return true;
        });

    public void Answered(SocketId connection, string sdpAnswer) =>
        Run((service, now, outbox) => service.Answered(connection, sdpAnswer, now, outbox));

    public void Refused(SocketId connection, string reason) =>
        Run((service, now, outbox) => service.Refused(connection, reason, now, outbox));

    public void Connected(SocketId connection) =>
        Run((service, now, outbox) => service.MediaConnected(connection, now, outbox));

    public void Lost(SocketId connection) =>
        Run((service, now, outbox) => service.MediaLost(connection, now, outbox));

    public void Heard(string meetingId, VoiceHearing hearing) =>
        Run((service, now, outbox) => service.Heard(meetingId, hearing, now, outbox));

    public void Dispose() => _timer.Dispose();

    private void PerformEffects()
    {
        if (_isPerforming)
        {
            return; // An input from within an effect: the loop below comes to its effects in order.
        }

        _isPerforming = true;
        try
        {
            for (var i = 0; i < _outbox.Count; i++)
            {
                _performer.Perform(_outbox[i]);
            }
        }
        finally
        {
            _outbox.Clear();
            _isPerforming = false;
        }

        ArmTimer();
    }

    private void ArmTimer()
    {
        var wait = _service.Deadline - Now;
        _timer.Change(
            wait is null ? Timeout.InfiniteTimeSpan : Within(wait.Value, TimeSpan.FromDays(1)),
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>Rounded up to whole milliseconds, which is all that timers know: never early.</summary>
    private static TimeSpan Within(TimeSpan wait, TimeSpan longest)
    {
        var milliseconds = Math.Ceiling(Math.Clamp(wait.TotalMilliseconds, 0, longest.TotalMilliseconds));
        return TimeSpan.FromMilliseconds(milliseconds);
    }
}
