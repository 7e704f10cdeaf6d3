using System.Diagnostics.Metrics;

namespace Farspan.Observability;

/// <summary>
/// Shows the longest pause of the garbage collector. How long it paused in all, and what was allocated, .NET's
/// own meter shows.
/// </summary>
/// <remarks>
/// .NET remembers the last collection only. A finalizer runs after each: it looks, and leaves an object for
/// the next one.
/// </remarks>
public sealed class GcMetrics : IDisposable
{
    private long _longestTicks;
    private volatile bool _isDone;

    public GcMetrics(Meter meter)
    {
        meter.CreateObservableGauge(
            "farspan.gc.pause.longest", () => Longest.TotalSeconds, "s",
            "The longest pause of the garbage collector since the node takes calls.");
        Leave();
    }

    public TimeSpan Longest => new(Volatile.Read(ref _longestTicks));

    /// <summary>The node is ready: what its start cost does not count.</summary>
    public void Forget() => Volatile.Write(ref _longestTicks, 0);

    public void Dispose() => _isDone = true;

    private void Leave() => _ = new Sentinel(this);

    // On the finalizer's thread, one at a time.
    private void Look()
    {
        foreach (var pause in GC.GetGCMemoryInfo(GCKind.Any).PauseDurations)
        {
            Volatile.Write(ref _longestTicks, Math.Max(_longestTicks, pause.Ticks));
        }

        if (!_isDone)
        {
            Leave();
        }
    }

    private sealed class Sentinel(GcMetrics owner)
    {
        ~Sentinel() => owner.Look();
    }
}
