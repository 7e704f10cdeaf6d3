using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Farspan.Calls;
using Farspan.Kernel;
using Farspan.Routing;
using Farspan.Sip;
using ConnectorLoop = Farspan.Runtime.NodeLoop<
    Farspan.Calls.ConnectorEngine, Farspan.Calls.ConnectorInput, Farspan.Calls.ConnectorEffect>;

namespace Farspan.Runtime.Tests;

public sealed class NodeLoopTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly SipFlow Flow =
        SipFlow.Udp(new IPEndPoint(IPAddress.Loopback, 5060), new IPEndPoint(IPAddress.Loopback, 5061));

    private readonly RecordingObserver _observer = new();
    private readonly RecordingWorld _world = new();
    private ConnectorLoop? _loop;

    public void Dispose()
    {
        _loop?.Dispose();
    }

    [Fact]
    public async Task AnInput_IsHandledAndItsEffectsArePerformed()
    {
        var loop = Create(new NodeLoopOptions());
        loop.Start();
        loop.Post(Sip("OPTIONS", 1));

        var sent = await _world.Performed.Task.WaitAsync(Patience);

        Assert.StartsWith("SIP/2.0 200", Encoding.ASCII.GetString(
            ((ConnectorEffect.TransmitSip)sent).Message.Span), StringComparison.Ordinal);
        await loop.AskAsync((_, _) => 0).WaitAsync(Patience);
        Assert.True(_observer.Handled >= 1);
    }

    [Fact]
    public async Task AnEffectThatThrows_IsReportedAndTheNextIsPerformed()
    {
        _world.Failure = new InvalidOperationException("broken");
        var loop = Create(new NodeLoopOptions());
        loop.Start();
        loop.Post(Sip("OPTIONS", 1));
        await loop.AskAsync((_, _) => 0).WaitAsync(Patience);
        _world.Failure = null;
        loop.Post(Sip("OPTIONS", 2));

        await _world.Performed.Task.WaitAsync(Patience);

        Assert.Equal("broken", Assert.Single(_observer.Failures).Message);
    }

    [Fact]
    public async Task AQuestionThatThrows_FailsWhoAskedAndNobodyElse()
    {
        var loop = Create(new NodeLoopOptions());
        loop.Start();

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            loop.AskAsync<int>((_, _) => throw new InvalidOperationException()).WaitAsync(Patience));

        Assert.Equal(7, await loop.AskAsync((_, _) => 7).WaitAsync(Patience));
        Assert.Empty(_observer.Failures);
    }

    [Fact]
    public void UnderOverload_NewCallsAreShedFirstThenEverySipMessageAndNothingElse()
    {
        // The loop is not started: everything waits.
        var loop = Create(new NodeLoopOptions { ShedCallsAbove = 2, ShedSipAbove = 4 });
        loop.Post(Sip("BYE", 1));
        loop.Post(Sip("INVITE", 2));
        loop.Post(Sip("INVITE", 3));
        loop.Post(Sip("BYE", 4));
        loop.Post(Sip("BYE", 5));
        loop.Post(Sip("BYE", 6));
        loop.Post(new ConnectorInput.DrainRequested(true));

        Assert.Equal(5, loop.QueueLength);
        Assert.Equal([3, 6], _observer.Shed);
    }

    [Fact]
    public async Task ADeadline_IsKeptWithoutAnyInput()
    {
        var loop = Create(new NodeLoopOptions());
        loop.Start();
        loop.Post(Sip("INVITE", 1, called: "nowhere"));

        // Timer G of the 404 that nobody acknowledges: 500 ms later it is sent again (RFC 3261 §17.2.1).
        await _world.SentTwice.Task.WaitAsync(Patience);
        Assert.All(_observer.Late, late => Assert.True(late >= TimeSpan.Zero));
        Assert.NotEmpty(_observer.Late);
    }

    [Fact]
    public async Task AnEndedLoop_CancelsWhoAsks()
    {
        var loop = Create(new NodeLoopOptions());
        loop.Start();
        loop.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop.AskAsync((_, _) => 0));
    }

    [Fact]
    public async Task WhatWaitsAtTheEnd_IsStillHandled()
    {
        var loop = Create(new NodeLoopOptions());
        var answer = loop.AskAsync((_, _) => 1);
        loop.Start();
        loop.Dispose();

        Assert.Equal(1, await answer.WaitAsync(Patience));
    }

    private static ConnectorInput.SipReceived Sip(string method, int cseq, string called = "a") =>
        new(Flow, Encoding.ASCII.GetBytes(
            $"{method} sip:{called}@127.0.0.1 SIP/2.0\r\n"
            + $"Via: SIP/2.0/UDP 127.0.0.1:5061;branch=z9hG4bK{cseq}\r\n"
            + "Max-Forwards: 70\r\nFrom: <sip:b@c>;tag=1\r\n"
            + $"To: <sip:{called}@127.0.0.1>\r\nCall-ID: {cseq}\r\n"
            + $"CSeq: {cseq} {method}\r\nContact: <sip:b@127.0.0.1:5061>\r\nContent-Length: 0\r\n\r\n"));

    private ConnectorLoop Create(NodeLoopOptions options)
    {
        var random = new RandomSource(1);
        var settings = new CallSettings();
        var ports = new CallPorts(
            new Outbox<SipLayerEffect>(),
            new Outbox<ConnectorEffect>(),
            new ContactDesk(settings.Contact, random),
            random,
            DateTimeOffset.UnixEpoch,
            settings);
        var trunk = new Trunk
        {
            Name = "t",
            Sources = [new IPNetwork(IPAddress.Any, 0)],
            Leg = new CarrierLegSettings(),
            MediaAddress = IPAddress.Loopback,
        };
        var admission = new CallAdmission(
            new TrunkTable([trunk]),
            new DialPlan([], null),
            new AttributeRules(),
            new Dictionary<string, string>(),
            new AdmissionSettings { Random = random, Keys = random.Fill });
        var sip = new SipTransactionLayer(SipLayerLimits.Default, SipTimings.Default, random);
        var engine = new ConnectorEngine(sip, admission, ports);
        return _loop = new ConnectorLoop(engine, ports.World, _world, new MonotonicClock(), options, _observer);
    }

    private sealed class RecordingWorld : INodeWorld<ConnectorEffect>
    {
        private int _notFound;


        public Exception? Failure { get; set; }

        public TaskCompletionSource<ConnectorEffect> Performed { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource SentTwice { get; } = new(
            TaskCreationOptions.RunContinuationsAsynchronously);

        public void Perform(ConnectorEffect effect)
        {
            if (Failure is { } failure)
            {
                throw failure;
            }

            Performed.TrySetResult(effect);
            if (effect is ConnectorEffect.TransmitSip sip && sip.Message.Span.StartsWith(
                "SIP/2.0 404"u8) && ++_notFound == 2)
            {
                SentTwice.TrySetResult();
            }
        }
    }

    private sealed class RecordingObserver : INodeLoopObserver
    {
        private int _handled;

        public int Handled => Volatile.Read(ref _handled);

        public List<int> Shed { get; } = [];

        public ConcurrentQueue<Exception> Failures { get; } = new();

        public void InputHandled(TimeSpan waited) => Interlocked.Increment(ref _handled);

        public void InputShed(ISipInput input)
        {
            var text = Encoding.ASCII.GetString(input.Message.Span);
            Shed.Add(int.Parse(text.Split("Call-ID: ")[1].Split('\r')[0]));
        }

        public ConcurrentQueue<TimeSpan> Late { get; } = new();

        public void TimersServed(TimeSpan late) => Late.Enqueue(late);

        public void Failed(Exception failure, string activity) => Failures.Enqueue(failure);

        public void LoopStalled(TimeSpan gap)
        {
        }
    }
}
