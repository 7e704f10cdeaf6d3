using Farspan.Kernel;

namespace Farspan.Runtime;

/// <summary>
/// Looks from outside whether the media workers come back: one that is stuck cannot say so itself. What
/// fencing needs is in time that way, not when it is over.
/// </summary>
internal sealed class MediaWatchdog : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly MediaWorker[] _workers;
    private readonly TimeSpan _threshold;
    private readonly MonotonicClock _clock;
    private readonly IMediaPlaneObserver _observer;
    private readonly Instant[] _told;
    private readonly Lock _looking = new();
    private readonly Timer _timer;

    public MediaWatchdog(
        MediaWorker[] workers, TimeSpan threshold, MonotonicClock clock, IMediaPlaneObserver observer)
    {
        _workers = workers;
        _threshold = threshold;
        _clock = clock;
        _observer = observer;
        _told = new Instant[workers.Length];
        Array.Fill(_told, Instant.Never);
        _timer = new Timer(_ => Look(), null, LookEvery, LookEvery);
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        // After a freeze several looks may be due at once.
        if (!_looking.TryEnter())
        {
            return;
        }

        try
        {
            for (var i = 0; i < _workers.Length; i++)
            {
                Look(i);
            }
        }
        finally
        {
            _looking.Exit();
        }
    }

    private void Look(int index)
    {
        var due = _workers[index].Due;
        var since = _clock.Now - due;
        if (since > _threshold && _told[index] != due)
        {
            _told[index] = due;
            _observer.LoopStuck(since);
        }
    }
}
