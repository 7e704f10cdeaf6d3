using System.Collections.Concurrent;

namespace Farspan.Store.Tests;

/// <summary>Writes down what a journal reports.</summary>
internal sealed class RecordingJournalObserver : IJournalObserver
{
    public ConcurrentQueue<int> Commits { get; } = new();

    public ConcurrentQueue<Exception> Failures { get; } = new();

    public TaskCompletionSource Recovery { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Committed(int entries, TimeSpan took) => Commits.Enqueue(entries);

    public void WriteFailed(Exception failure) => Failures.Enqueue(failure);

    public void Recovered() => Recovery.TrySetResult();

    public void ActionFailed(Exception failure) => Failures.Enqueue(failure);
}
