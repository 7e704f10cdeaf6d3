using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Farspan.Kernel;
using Farspan.Native;

namespace Farspan.Runtime.Tests;

public sealed class MediaWorkerTests : IDisposable
{
    private static readonly TransportAddress Loopback = TransportAddress.From(IPAddress.Loopback, 0);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly MonotonicClock _clock = new();
    private readonly Observer _observer = new();
    private readonly MediaWorker _worker;

    public MediaWorkerTests() => _worker = new MediaWorker(new MediaWorkerOptions(), _clock, _observer);

    public void Dispose() => _worker.Dispose();

    [Fact]
    public void Session_ReceivesAndAnswersOnTheSocketOfItsTag()
    {
        var session = new EchoSession();
        var (first, second) = (Open(), Open());
        var (to, toSecond) = (first.LocalAddress, second.LocalAddress);
        using var peer = Peer();
        Assert.True(_worker.TryAdd(session, first, second));

        Assert.Equal((to, "0:hello"), Ask(peer, to, "hello"));
        Assert.Equal((toSecond, "1:again"), Ask(peer, toSecond, "again"));
    }

    [Fact]
    public void Sessions_DoNotHearEachOther()
    {
        var addresses = new List<TransportAddress>();
        for (var i = 0; i < 50; i++)
        {
            var socket = Open();
            addresses.Add(socket.LocalAddress);
            Assert.True(_worker.TryAdd(new EchoSession($"{i}/"), socket));
        }

        using var peer = Peer();
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal((addresses[i], $"{i}/0:x"), Ask(peer, addresses[i], "x"));
        }
    }

    [Fact]
    public void Ticks_AreExactlyAnIntervalApartAndAllTheirOwn()
    {
        var session = new TickSession(wanted: 50);
        Assert.True(_worker.TryAdd(session));
        Assert.True(session.Done.Wait(Patience));

        var dues = session.Dues.ToArray();
        for (var i = 1; i < dues.Length; i++)
        {
            // A stall of the machine may skip ticks, never move them.
            var gap = dues[i] - dues[i - 1];
            Assert.True(gap > TimeSpan.Zero);
            Assert.Equal(0, gap.Ticks % TimeSpan.FromMilliseconds(20).Ticks);
        }

        Assert.All(session.Lateness, late => Assert.True(late >= TimeSpan.Zero));
    }

    [Fact]
    public void PacketAndTick_AllocateNothing()
    {
        var session = new MeasuringSession(warmUp: 300, wanted: 300);
        var socket = Open();
        session.Target = socket.LocalAddress;
        Assert.True(_worker.TryAdd(session, socket));
        Assert.True(session.Done.Wait(Patience));
        Assert.Equal(0, session.Allocated);
    }

    [Fact]
    public void AttachedSocket_IsServedUnderItsTagAndReplacesTheOneBefore()
    {
        var session = new EchoSession();
        var (first, second, third) = (Open(), Open(), Open());
        var (toFirst, toSecond, toThird) = (first.LocalAddress, second.LocalAddress, third.LocalAddress);
        using var peer = Peer();
        Assert.True(_worker.TryAdd(session, first));
        Assert.True(_worker.TryAttach(session, 1, second));
        Assert.Equal((toSecond, "1:hello"), Ask(peer, toSecond, "hello"));

        Assert.True(_worker.TryAttach(session, 1, third));
        Assert.Equal((toThird, "1:again"), Ask(peer, toThird, "again"));
        Assert.Equal((toFirst, "0:still"), Ask(peer, toFirst, "still"));
        AssertIsClosed(toSecond);
    }

    [Fact]
    public void SocketForASessionThatIsGone_IsClosed()
    {
        var session = new EchoSession();
        var socket = Open();
        var address = socket.LocalAddress;
        Assert.True(_worker.TryAttach(session, 0, socket));

        var other = new EchoSession();
        Assert.True(_worker.TryAdd(other));
        Assert.True(_worker.TryRemove(other));
        _observer.TakeEnded();
        AssertIsClosed(address);
    }

    [Fact]
    public void SessionThatThrows_EndsAloneAndIsReported()
    {
        var (badSocket, goodSocket) = (Open(), Open());
        var (bad, good) = (badSocket.LocalAddress, goodSocket.LocalAddress);
        var failing = new EchoSession { ThrowsOn = "boom" };
        Assert.True(_worker.TryAdd(failing, badSocket));
        Assert.True(_worker.TryAdd(new EchoSession(), goodSocket));
        using var peer = Peer();
        Assert.Equal("0:fine", Ask(peer, bad, "fine").Text);

        peer.SendTo("boom"u8, bad.ToIPEndPoint());

        var (session, failure) = _observer.TakeEnded();
        Assert.Same(failing, session);
        Assert.IsType<InvalidDataException>(failure);
        Assert.Equal("0:alive", Ask(peer, good, "alive").Text);
        Assert.Equal(1, _worker.Load);
        Assert.Equal(1, _worker.Statistics.SessionsFailed);
        AssertIsClosed(bad);
    }

    [Fact]
    public void SessionThatThrowsInItsTick_EndsAlone()
    {
        var failing = new TickSession(wanted: int.MaxValue) { ThrowsAfter = 3 };
        Assert.True(_worker.TryAdd(failing));
        var (session, failure) = _observer.TakeEnded();
        Assert.Same(failing, session);
        Assert.NotNull(failure);
    }

    [Fact]
    public void RemovedSession_IsReportedOnceAndItsSocketsAreClosed()
    {
        var socket = Open();
        var address = socket.LocalAddress;
        var session = new EchoSession();
        Assert.True(_worker.TryAdd(session, socket));
        Assert.True(_worker.TryRemove(session));
        Assert.True(_worker.TryRemove(session));

        var (ended, failure) = _observer.TakeEnded();

        Assert.Same(session, ended);
        Assert.Null(failure);
        AssertIsClosed(address);
        Assert.Equal(0, _worker.Load);
    }

    [Fact]
    public void Message_ReachesItsSessionInOrder()
    {
        var session = new EchoSession();
        var socket = Open();
        var address = socket.LocalAddress;
        Assert.True(_worker.TryAdd(session, socket));
        for (var i = 0; i < 100; i++)
        {
            Assert.True(_worker.TryPost(session, i));
        }

        using var peer = Peer();
        Ask(peer, address, "after");
        Assert.Equal(Enumerable.Range(0, 100).Cast<object>(), session.Messages);
    }

    [Fact]
    public void FullWorker_RefusesAndLeavesTheSocketToTheCaller()
    {
        using var worker = new MediaWorker(new MediaWorkerOptions { MaxSessions = 2 }, _clock, _observer);
        Assert.True(worker.TryAdd(new EchoSession()));
        Assert.True(worker.TryAdd(new EchoSession()));
        using var socket = Open();
        Assert.False(worker.TryAdd(new EchoSession(), socket));
        Assert.Equal(2, worker.Load);
        Assert.Equal(46, socket.CodePoint);
    }

    [Fact]
    public void FrozenLoop_IsReportedAndItsTicksAreNotBunched()
    {
        var options = new MediaWorkerOptions { StallThreshold = TimeSpan.FromMilliseconds(100) };
        using var worker = new MediaWorker(options, _clock, _observer);
        var freeze = TimeSpan.FromMilliseconds(300);
        var session = new TickSession(wanted: 20) { FreezesAt = 5, FreezesFor = freeze };
        Assert.True(worker.TryAdd(session));

        Assert.True(session.Done.Wait(Patience));
        Assert.True(_observer.TakeStall() >= TimeSpan.FromMilliseconds(100));
        Assert.True(worker.Statistics.PhasesSkipped > 0);

        // Three intervals are made up for: nothing older is ever served, whatever froze and for how long.
        Assert.All(session.Lateness, late => Assert.True(late <= TimeSpan.FromMilliseconds(61)));
    }

    [Fact]
    public void EndedWorker_ReportsItsSessionsAndRefusesMore()
    {
        var worker = new MediaWorker(new MediaWorkerOptions(), _clock, _observer);
        var session = new EchoSession();
        var socket = Open();
        var address = socket.LocalAddress;
        Assert.True(worker.TryAdd(session, socket));

        worker.Dispose();

        Assert.Same(session, _observer.TakeEnded().Session);
        AssertIsClosed(address);
        Assert.False(worker.TryAdd(new EchoSession()));
        Assert.False(worker.TryPost(session, 1));
    }

    private static UdpSocket Open()
    {
        Assert.True(UdpSocket.TryOpen(Loopback, new UdpSocketSettings(), out var socket, out _));
        return socket;
    }

    private static Socket Peer()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
        {
            ReceiveTimeout = (int)Patience.TotalMilliseconds,
        };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static (TransportAddress From, string Text) Ask(Socket peer, TransportAddress to, string question)
    {
        peer.SendTo(Encoding.ASCII.GetBytes(question), to.ToIPEndPoint());
        var answer = new byte[100];
        EndPoint from = new IPEndPoint(IPAddress.Any, 0);
        var bytes = peer.ReceiveFrom(answer, ref from);
        return (TransportAddress.From((IPEndPoint)from), Encoding.ASCII.GetString(answer, 0, bytes));
    }

    private static void AssertIsClosed(TransportAddress address)
    {
        Assert.True(UdpSocket.TryOpen(address, new UdpSocketSettings(), out var again, out _));
        again.Dispose();
    }

    private sealed class Observer : IMediaWorkerObserver
    {
        private readonly BlockingCollection<(IMediaSession, Exception?)> _ended = [];
        private readonly BlockingCollection<TimeSpan> _stalls = [];

        public void SessionEnded(IMediaSession session, Exception? failure) => _ended.Add((session, failure));

        public void LoopStalled(TimeSpan gap) => _stalls.Add(gap);

        public (IMediaSession Session, Exception? Failure) TakeEnded()
        {
            Assert.True(_ended.TryTake(out var ended, Patience));
            return ended;
        }

        public TimeSpan TakeStall()
        {
            Assert.True(_stalls.TryTake(out var gap, Patience));
            return gap;
        }
    }

    private sealed class EchoSession(string prefix = "") : IMediaSession
    {
        public List<object> Messages { get; } = [];

        public string? ThrowsOn { get; init; }

        public void Receive(MediaDatagram datagram, Instant now, MediaOutput output)
        {
            var text = Encoding.ASCII.GetString(datagram.Bytes);
            if (text == ThrowsOn)
            {
                throw new InvalidDataException(text);
            }

            var answer = Encoding.ASCII.GetBytes($"{prefix}{datagram.SocketTag}:{text}");
            output.Send(datagram.SocketTag, datagram.From, answer);
        }

        public void Tick(Instant due, Instant now, MediaOutput output)
        {
        }

        public void Handle(object message, Instant now, MediaOutput output) => Messages.Add(message);
    }

    private sealed class TickSession(int wanted) : IMediaSession
    {
        public ConcurrentQueue<Instant> Dues { get; } = [];

        public ConcurrentQueue<TimeSpan> Lateness { get; } = [];

        public ManualResetEventSlim Done { get; } = new();

        public int ThrowsAfter { get; init; } = int.MaxValue;

        public int FreezesAt { get; init; } = -1;

        public TimeSpan FreezesFor { get; init; }

        public void Receive(MediaDatagram datagram, Instant now, MediaOutput output)
        {
        }

        public void Tick(Instant due, Instant now, MediaOutput output)
        {
            Dues.Enqueue(due);
            Lateness.Enqueue(now - due);
            if (Dues.Count == FreezesAt)
            {
                new ManualResetEventSlim().Wait(FreezesFor);
            }

            if (Dues.Count > ThrowsAfter)
            {
                throw new InvalidOperationException("tick");
            }

            if (Dues.Count >= wanted)
            {
                Done.Set();
            }
        }

        public void Handle(object message, Instant now, MediaOutput output)
        {
        }
    }

    /// <summary>
    /// Sends itself a datagram each tick, and answers each with another until five went round.
    /// </summary>
    private sealed class MeasuringSession(int warmUp, int wanted) : IMediaSession
    {
        private long _before;
        private int _received;

        public TransportAddress Target { get; set; }

        public ManualResetEventSlim Done { get; } = new();

        public long Allocated { get; private set; } = -1;

        public void Receive(MediaDatagram datagram, Instant now, MediaOutput output)
        {
            _received++;
            if (_received == warmUp)
            {
                _before = GC.GetAllocatedBytesForCurrentThread();
            }
            else if (_received == warmUp + wanted)
            {
                Allocated = GC.GetAllocatedBytesForCurrentThread() - _before;
                Done.Set();
            }

            if (datagram.Bytes[0] < 5)
            {
                datagram.Bytes[0]++;
                datagram.Bytes.CopyTo(output.Reserve());
                output.Commit(datagram.SocketTag, datagram.From, datagram.Bytes.Length);
            }
        }

        public void Tick(Instant due, Instant now, MediaOutput output)
        {
            Span<byte> datagram = stackalloc byte[172];
            datagram.Clear();
            output.Send(0, Target, datagram);
        }

        public void Handle(object message, Instant now, MediaOutput output)
        {
        }
    }
}
