using System.Diagnostics.CodeAnalysis;
using Farspan.Kernel;
using Farspan.Runtime;

namespace Farspan.Replication;

/// <summary>
/// What is to be done by the loop of a replica, in order, and how long it may sleep meanwhile.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "It holds no handle, and late posts may still come.")]
internal sealed class ReplicaMailbox(MonotonicClock clock)
{
    private readonly Lock _lock = new();
    private readonly Queue<Action> _actions = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private bool _isClosed;

    /// <summary>False once it is closed.</summary>
    public bool Post(Action action)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return false;
            }

            _actions.Enqueue(action);
        }

        _arrived.Release();
        return true;
    }

    /// <summary>Has the loop compute something; cancelled once the mailbox is closed.</summary>
    public Task<T> AskAsync<T>(Func<T> question)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var isPosted = Post(() => Answer(question, done));
        return isPosted ? done.Task : Task.FromCanceled<T>(new CancellationToken(canceled: true));
    }

    public bool TryTake(out Action action)
    {
        lock (_lock)
        {
            return _actions.TryDequeue(out action!);
        }
    }

    /// <summary>Takes nothing more; what is there can still be taken.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
        }

        _arrived.Release();
    }

    /// <summary>Waits for something to do, or for a moment.</summary>
    public Task WaitAsync(Instant? until)
    {
        if (until is not { } moment)
        {
            return _arrived.WaitAsync();
        }

        // Deadlines have 100 ns, timers milliseconds: sleeping too short would spin.
        var time = moment - clock.Now;
        return time <= TimeSpan.Zero
            ? Task.CompletedTask
            : _arrived.WaitAsync(time + TimeSpan.FromMilliseconds(1));
    }

    private static void Answer<T>(Func<T> question, TaskCompletionSource<T> done)
    {
        try
        {
            done.SetResult(question());
        }
        catch (Exception failure)
        {
            done.TrySetException(failure);
            throw; // The loop reports it as well.
        }
    }
}
