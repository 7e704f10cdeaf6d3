using System.Diagnostics.Metrics;

namespace Farspan.Observability;

/// <summary>Measures the contact journal: how long the disk takes, and whether it works.</summary>
public sealed class JournalMetrics
{
    private readonly Counter<long> _entries;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _commit;

    public JournalMetrics(Meter meter)
    {
        _entries = meter.CreateCounter<long>("farspan.journal.entries", null, "Entries on disk.");
        _failures = meter.CreateCounter<long>(
            "farspan.journal.failures", null, "Writes that failed. Calls go on; a crash would lose track of contacts.");
        _commit = meter.CreateHistogram(
            "farspan.journal.commit", "s", "How long writing and syncing a group of entries took.", null, Buckets.Lag);
    }

    public void CountCommit(int entries, TimeSpan took)
    {
        _entries.Add(entries);
        _commit.Record(took.TotalSeconds);
    }

    public void CountFailure() => _failures.Add(1);
}
