using System.Collections.Concurrent;

namespace Farspan.Store;

/// <summary>
/// One thread that does one thing after the other: who may use a connection never is in doubt.
/// </summary>
internal sealed class StoreThread : IDisposable
{
    private readonly BlockingCollection<Action> _work;
    private readonly Thread _thread;

    /// <param name="name">For debuggers.</param>
    /// <param name="waitingMax">Pieces of work that may wait.</param>
    public StoreThread(string name, int waitingMax)
    {
        _work = new BlockingCollection<Action>(waitingMax);
        _thread = new Thread(WorkUntilClosed) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Null if too much waits, or the thread has ended.</summary>
    public Task<T>? TryRun<T>(Func<T> work, CancellationToken stop)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            return _work.TryAdd(() => Run(work, done, stop)) ? done.Task : null;
        }
        catch (InvalidOperationException)
        {
            return null; // Closed meanwhile.
        }
    }

    public void Dispose()
    {
        _work.CompleteAdding();
        if (Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }

        _work.Dispose();
    }

    private static void Run<T>(Func<T> work, TaskCompletionSource<T> done, CancellationToken stop)
    {
        if (stop.IsCancellationRequested)
        {
            done.SetCanceled(stop);
            return;
        }

        try
        {
            done.SetResult(work());
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            done.SetException(failure); // A defect of ours: whoever asked gets to know.
        }
    }

    private void WorkUntilClosed()
    {
        foreach (var work in _work.GetConsumingEnumerable())
        {
            work();
        }
    }
}
