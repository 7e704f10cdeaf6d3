using System.Diagnostics.CodeAnalysis;
using Farspan.Calls;
using Farspan.Kernel;
using Farspan.Native;

namespace Farspan.Runtime;

/// <summary>
/// The signalling plane of a node: one thread that hands everything that happens to its engine, the connector's or
/// the edge's, and performs what comes out, in order.
/// </summary>
/// <remarks>
/// <code>
///  SIP listeners ─┐                       ┌─► SIP listeners
///  media plane   ─┤   bounded   ┌──────┐  ├─► media plane
///  HTTP results  ─┼─► queue ───►│engine├──┼─► HTTP requests, WebSockets
///  WebSockets    ─┘      ▲      └──────┘  └─► journal, log
///                  deadlines
/// </code>
/// Nothing on this thread waits but for the queue and the engine's deadline. An exception of the engine or of
/// an effect is reported and the loop goes on; the engine itself ends the call that a defect was in.
/// </remarks>
/// <typeparam name="TEngine">The engine.</typeparam>
/// <typeparam name="TInput">What can happen to it.</typeparam>
/// <typeparam name="TEffect">What it asks for.</typeparam>
[SuppressMessage("Design", "CA1031", Justification = "The supervisor of the signalling plane.")]
public sealed class NodeLoop<TEngine, TInput, TEffect> : IDisposable
    where TEngine : INodeEngine<TInput>
    where TInput : class
    where TEffect : class
{
    private readonly TEngine _engine;
    private readonly Outbox<TEffect> _effects;
    private readonly INodeWorld<TEffect> _world;
    private readonly MonotonicClock _clock;
    private readonly NodeLoopOptions _options;
    private readonly INodeLoopObserver _observer;
    private readonly NodeLoopQueue<TEngine, TInput> _queue;
    private readonly List<NodeLoopItem<TEngine, TInput>> _batch = [];
    private readonly Thread _thread;

    /// <summary>Creates the loop; nothing is handled before <see cref="Start"/>.</summary>
    /// <param name="engine">From now on used by the loop only.</param>
    /// <param name="effects">Where the engine puts its effects.</param>
    /// <param name="world">Performs the effects.</param>
    /// <param name="clock">The process's clock.</param>
    /// <param name="options">Limits.</param>
    /// <param name="observer">Counts and logs.</param>
    public NodeLoop(
        TEngine engine,
        Outbox<TEffect> effects,
        INodeWorld<TEffect> world,
        MonotonicClock clock,
        NodeLoopOptions options,
        INodeLoopObserver observer)
    {
        _engine = engine;
        _effects = effects;
        _world = world;
        _clock = clock;
        _options = options;
        _observer = observer;
        _queue = new NodeLoopQueue<TEngine, TInput>(options);
        _thread = new Thread(Run) { IsBackground = true, Name = "signalling" };
    }

    /// <summary>Inputs that wait.</summary>
    public int QueueLength => _queue.Count;

    public void Start() => _thread.Start();

    /// <summary>
    /// Hands an input to the loop and returns at once. Under overload SIP messages are shed, those that begin
    /// calls first; all else is taken until the loop ends.
    /// </summary>
    public void Post(TInput input)
    {
        var isTaken = _queue.TryAdd(new NodeLoopItem<TEngine, TInput>(_clock.Now, input, null));
        if (!isTaken && input is ISipInput sip)
        {
            _observer.InputShed(sip);
        }
    }

    /// <summary>
    /// Looks at the engine, or acts on it, between two inputs; its effects are performed. Cancelled if the
    /// loop has ended.
    /// </summary>
    public Task<T> AskAsync<T>(Func<TEngine, Instant, T> ask)
    {
        var question = new NodeLoopQuestion<TEngine, T>(ask);
        if (!_queue.TryAdd(new NodeLoopItem<TEngine, TInput>(_clock.Now, null, question)))
        {
            question.Cancel();
        }

        return question.Answer;
    }

    /// <summary>Handles what waits and ends the thread; calls that still live are left as they are.</summary>
    public void Dispose()
    {
        _queue.Close();
        if (_thread.IsAlive && Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }
    }

    private void Run()
    {
        LinuxThread.TryGoFirst();
        while (WaitForWork())
        {
            foreach (var item in _batch)
            {
                Handle(item);
                ExpireIfDue();
            }

            _batch.Clear();
            ExpireIfDue();
        }
    }

    private bool WaitForWork()
    {
        var deadline = _engine.Deadline;
        var isOpen = _queue.TakeOrWait(_batch, deadline - _clock.Now);
        if (deadline is { } due && _batch.Count == 0 && _clock.Now - due > _options.StallThreshold)
        {
            _observer.LoopStalled(_clock.Now - due);
        }

        return isOpen;
    }

    private void Handle(in NodeLoopItem<TEngine, TInput> item)
    {
        var now = _clock.Now;
        try
        {
            if (item.Input is { } input)
            {
                _engine.Receive(input, now);
            }
            else
            {
                item.Question!.Ask(_engine, now);
            }
        }
        catch (Exception failure)
        {
            _observer.Failed(failure, $"handling {item.Input?.GetType().Name}");
        }

        PerformAll();
        _observer.InputHandled(now - item.PostedAt);
        if (_clock.Now - now is var took && took > _options.StallThreshold)
        {
            _observer.LoopStalled(took);
        }
    }

    private void ExpireIfDue()
    {
        var now = _clock.Now;
        if (_engine.Deadline is not { } deadline || deadline > now)
        {
            return;
        }

        try
        {
            _engine.Expire(now);
        }
        catch (Exception failure)
        {
            _observer.Failed(failure, "expiring timers");
        }

        _observer.TimersServed(now - deadline);
        PerformAll();
    }

    private void PerformAll()
    {
        // By index: performing may add nothing, but a span would not survive it if it did.
        for (var i = 0; i < _effects.Count; i++)
        {
            try
            {
                _world.Perform(_effects[i]);
            }
            catch (Exception failure)
            {
                _observer.Failed(failure, $"performing {_effects[i].GetType().Name}");
            }
        }

        _effects.Clear();
    }
}
