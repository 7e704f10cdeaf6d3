using System.Diagnostics.Metrics;

namespace Farspan.Observability;

/// <summary>Measures the signalling loop: its lag, its stalls, what threw.</summary>
public sealed class LoopMetrics
{
    private readonly Histogram<double> _lag;
    private readonly Histogram<double> _lateness;
    private readonly Counter<long> _stalls;
    private readonly Counter<long> _failures;

    public LoopMetrics(Meter meter)
    {
        _lag = meter.CreateHistogram(
            "farspan.loop.lag", "s", "How long inputs waited for the signalling loop.", null, Buckets.Lag);
        _lateness = meter.CreateHistogram(
            "farspan.loop.timer.lateness", "s", "How late the signalling loop served its timers.", null,
            Buckets.Lag);
        _stalls = meter.CreateCounter<long>(
            "farspan.loop.stalls", null, "Times the signalling loop did not run although it had to.");
        _failures = meter.CreateCounter<long>(
            "farspan.loop.failures", null,
            "Exceptions that the signalling loop survived: defects of Farspan.");
    }

    public void CountInput(TimeSpan waited) => _lag.Record(waited.TotalSeconds);

    public void CountTimers(TimeSpan late) => _lateness.Record(late.TotalSeconds);

    public void CountStall() => _stalls.Add(1);

    public void CountFailure() => _failures.Add(1);
}
