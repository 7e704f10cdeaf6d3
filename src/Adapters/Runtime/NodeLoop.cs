using System.Diagnostics.CodeAnalysis;
using Farspan.Calls;
using Farspan.Kernel;
using Farspan.Native;

namespace Farspan.Runtime;

/// <summary>
/// The signalling plane of a node: one thread that hands everything that happens to a
/// <see cref="ConnectorEngine"/> and performs what comes out, in order.
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
[SuppressMessage("Design", "CA1031", Justification = "The supervisor of the signalling plane.")]
public sealed class NodeLoop : IDisposable
{
    private readonly ConnectorEngine _engine;
    private readonly Outbox<ConnectorEffect> _effects;
    private readonly IConnectorWorld _world;
    private readonly MonotonicClock _clock;
    private readonly NodeLoopOptions _options;
    private readonly INodeLoopObserver _observer;
    private readonly NodeLoopQueue _queue;
    private readonly List<NodeLoopItem> _batch = [];
    private readonly Thread _thread;

    /// <summary>Creates the loop; nothing is handled before <see cref="Start"/>.</summary>
    /// <param name="engine">From now on used by the loop only.</param>
    /// <param name="effects">The engine's <see cref="CallPorts.World"/>.</param>
    /// <param name="world">Performs the effects.</param>
    /// <param name="clock">The process's clock.</param>
    /// <param name="options">Limits.</param>
    /// <param name="observer">Counts and logs.</param>
    public NodeLoop(
        ConnectorEngine engine,
        Outbox<ConnectorEffect> effects,
        IConnectorWorld world,
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
        _queue = new NodeLoopQueue(options);
        _thread = new Thread(Run) { IsBackground = true, Name = "signalling" };
    }

    /// <summary>Inputs that wait.</summary>
    public int QueueLength => _queue.Count;

    public void Start() => _thread.Start();

    /// <summary>
    /// Hands an input to the loop and returns at once. Under overload SIP messages are shed, those that begin
    /// calls first; all else is taken until the loop ends.
    /// </summary>
    public void Post(ConnectorInput input)
    {
        var isTaken = _queue.TryAdd(new NodeLoopItem(_clock.Now, input, null));
        if (!isTaken && input is ConnectorInput.SipReceived sip)
        {
            _observer.InputShed(sip);
        }
    }

    /// <summary>
    /// Looks at the engine, or acts on it, between two inputs; its effects are performed. Cancelled if the
    /// loop has ended.
    /// </summary>
    public Task<T> AskAsync<T>(Func<ConnectorEngine, Instant, T> ask)
    {
        var question = new NodeLoopQuestion<T>(ask);
        if (!_queue.TryAdd(new NodeLoopItem(_clock.Now, null, question)))
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

    private void Handle(in NodeLoopItem item)
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
