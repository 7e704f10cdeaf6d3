using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Farspan.Kernel;
using Farspan.Native;
using Farspan.Network;
using Farspan.Runtime;
using Farspan.Sip;

namespace Farspan.CarrierSimulator;

/// <summary>
/// The one thread that runs a <see cref="CallerEngine"/>: takes inputs in order, and performs effects.
/// </summary>
internal sealed class CallerLoop : ISipReceiver, IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly BlockingCollection<Input> _inputs = new(CarrierLimits.WaitingInputsMax);
    private readonly Outbox<CallerEffect> _outbox = new();
    private readonly CallerEngine _engine;
    private readonly MonotonicClock _clock;
    private readonly Action<CallerEffect> _perform;
    private readonly Thread _thread;
    private long _droppedInputs;

    public CallerLoop(CallerEngine engine, MonotonicClock clock, Action<CallerEffect> perform)
    {
        (_engine, _clock, _perform) = (engine, clock, perform);
        _thread = new Thread(Run) { IsBackground = true, Name = "carrier-signalling" };
        _thread.Start();
    }

    /// <summary>Something to be done with the engine on its thread.</summary>
    public delegate void Input(CallerEngine engine, Instant now, Outbox<CallerEffect> outbox);

    public long DroppedInputs => Interlocked.Read(ref _droppedInputs);

    /// <summary>Any thread. An input that comes after the end, or beyond the limit, is dropped.</summary>
    public void Post(Input input)
    {
        try
        {
            if (!_inputs.TryAdd(input))
            {
                Interlocked.Increment(ref _droppedInputs);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or ObjectDisposedException)
        {
            Interlocked.Increment(ref _droppedInputs);
        }
    }

    public bool Admits(SipTransport transport, IPEndPoint source) => true;

    public void FlowOpened(in SipFlow flow, X509Certificate2? peerCertificate)
    {
        // A flow is used by its first message.
    }

    public void Receive(in SipFlow flow, ReadOnlySpan<byte> message)
    {
        var (from, bytes) = (flow, message.ToArray());
        Post((engine, now, outbox) => engine.Receive(from, bytes, now, outbox));
    }

    public void FlowFailed(in SipFlow flow, SipFlowFailure failure)
    {
        var failed = flow;
        Post((engine, now, outbox) => engine.FailFlow(failed, now, outbox));
    }

    public void Dispose()
    {
        _inputs.CompleteAdding();
        _thread.Join();
        _inputs.Dispose();
    }

    private void Run()
    {
        LinuxThread.TryGoFirst();
        while (!_inputs.IsCompleted)
        {
            if (_inputs.TryTake(out var input, Wait()))
            {
                input(_engine, _clock.Now, _outbox);
            }

            if (_engine.Deadline <= _clock.Now)
            {
                _engine.Expire(_clock.Now, _outbox);
            }

            foreach (var effect in _outbox.Drain())
            {
                _perform(effect);
            }
        }
    }

    private TimeSpan Wait()
    {
        var wait = _engine.Deadline is { } deadline ? deadline - _clock.Now : LongestWait;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : RoundUp(wait);
    }

    // The queue waits whole milliseconds; rounding down would spin through the last one.
    private static TimeSpan RoundUp(TimeSpan wait) =>
        TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
}
