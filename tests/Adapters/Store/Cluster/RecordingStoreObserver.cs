namespace Farspan.Store.Tests;

/// <summary>Writes down what a writer reports, and lets tests wait for it.</summary>
internal sealed class RecordingStoreObserver : IStoreObserver
{
    private readonly Lock _lock = new();
    private readonly List<(int Rows, TaskCompletionSource Done)> _waiting = [];
    private int _rows;
    private int _refused;

    public TaskCompletionSource<StoreFault> Fault { get; } = New<StoreFault>();

    public TaskCompletionSource<bool> Recovery { get; } = New<bool>();

    public int RefusedCount => Volatile.Read(ref _refused);

    /// <summary>When so many rows in all are durable.</summary>
    public Task WrittenAsync(int rows)
    {
        lock (_lock)
        {
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((rows, done));
            Complete();
            return done.Task;
        }
    }

    public void Written(int rows, TimeSpan took)
    {
        lock (_lock)
        {
            _rows += rows;
            Complete();
        }
    }

    public void Failing(StoreFault fault) => Fault.TrySetResult(fault);

    public void Recovered() => Recovery.TrySetResult(true);

    public void Refused() => Interlocked.Increment(ref _refused);

    private static TaskCompletionSource<T> New<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Complete()
    {
        foreach (var (rows, done) in _waiting)
        {
            if (_rows >= rows)
            {
                done.TrySetResult();
            }
        }
    }
}
