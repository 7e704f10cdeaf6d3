namespace Farspan.Bench;

/// <summary>Counts for all sessions of a worker and reads its thread's clocks when asked.</summary>
internal sealed class RelayMeter : IDisposable
{
    private readonly SemaphoreSlim _answered = new(0);
    private RelayReading _reading;

    /// <summary>Written by the worker's thread only.</summary>
    public long Packets { get; set; }

    /// <summary>On the worker's thread.</summary>
    public void Answer()
    {
        _reading = new RelayReading(Packets, ThreadClock.Nanoseconds, GC.GetAllocatedBytesForCurrentThread());
        _answered.Release();
    }

    /// <summary>Waits for the answer to a question that was posted to the worker.</summary>
    public RelayReading Await()
    {
        _answered.Wait(Timeout.Infinite);
        return _reading;
    }

    public void Dispose() => _answered.Dispose();
}
