using System.Diagnostics.CodeAnalysis;
using Farspan.Calls;
using Farspan.Kernel;

namespace Farspan.Runtime;

/// <summary>
/// What waits for a <see cref="NodeLoop{TEngine, TInput, TEffect}"/>: many threads add, the loop's thread takes.
/// </summary>
/// <remarks>
/// Only SIP messages are ever refused: everything else is an answer to something that we asked for, and
/// bounded by that.
/// </remarks>
internal sealed class NodeLoopQueue<TEngine, TInput>(NodeLoopOptions options)
    where TInput : class
{
    private readonly object _gate = new();
    private readonly Queue<NodeLoopItem<TEngine, TInput>> _waiting = new();
    private bool _isClosed;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>False if the item was refused: too much waits, or the queue is closed.</summary>
    public bool TryAdd(in NodeLoopItem<TEngine, TInput> item)
    {
        lock (_gate)
        {
            if (_isClosed || IsShed(item.Input))
            {
                return false;
            }

            _waiting.Enqueue(item);
            if (_waiting.Count == 1)
            {
                Monitor.Pulse(_gate);
            }

            return true;
        }
    }

    /// <summary>Waits until something is there or the time is over.</summary>
    /// <param name="batch">Filled with what is there, at most <see cref="NodeLoopOptions.BatchMax"/>.</param>
    /// <param name="atMost">Null waits as long as it takes.</param>
    /// <returns>False once the queue is closed and empty.</returns>
    public bool TakeOrWait(List<NodeLoopItem<TEngine, TInput>> batch, TimeSpan? atMost)
    {
        lock (_gate)
        {
            if (_waiting.Count == 0 && !_isClosed)
            {
                Monitor.Wait(_gate, atMost is { } limit ? WaitMilliseconds(limit) : Timeout.Infinite);
            }

            while (batch.Count < options.BatchMax && _waiting.TryDequeue(out var item))
            {
                batch.Add(item);
            }

            return batch.Count > 0 || !_isClosed;
        }
    }

    /// <summary>Refuses everything from now on; what waits is still handed out.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.PulseAll(_gate);
        }
    }

    // Rounded up: waking too early would spin until the deadline.
    private static int WaitMilliseconds(TimeSpan limit) =>
        (int)Math.Clamp(Math.Ceiling(limit.TotalMilliseconds), 0, int.MaxValue);

    private bool IsShed(TInput? input) =>
        _waiting.Count >= options.ShedCallsAbove
        && input is ISipInput sip
        && (_waiting.Count >= options.ShedSipAbove || sip.Message.Span.StartsWith("INVITE "u8));
}

/// <summary>One input with the time it came, or a question to the engine.</summary>
/// <param name="PostedAt">When it was posted.</param>
/// <param name="Input">Null for a question.</param>
/// <param name="Question">Null for an input.</param>
[SuppressMessage("Performance", "CA1815", Justification = "Never compared.")]
internal readonly record struct NodeLoopItem<TEngine, TInput>(
    Instant PostedAt, TInput? Input, INodeLoopQuestion<TEngine>? Question)
    where TInput : class;

/// <summary>Something to be done with the engine between two inputs.</summary>
internal interface INodeLoopQuestion<in TEngine>
{
    void Ask(TEngine engine, Instant now);

    void Cancel();
}
