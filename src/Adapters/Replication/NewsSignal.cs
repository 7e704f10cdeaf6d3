namespace Farspan.Replication;

/// <summary>Wakes everybody who waits for news: questions that are held back. Thread-safe.</summary>
internal sealed class NewsSignal
{
    private volatile TaskCompletionSource _next = New();

    /// <summary>Ends with the next news. To be taken before one looks whether there are any.</summary>
    public Task Next => _next.Task;

    public void Raise() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
