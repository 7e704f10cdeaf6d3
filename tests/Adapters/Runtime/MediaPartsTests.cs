using System.Net;
using CsCheck;
using Farspan.Kernel;
using Farspan.Native;

namespace Farspan.Runtime.Tests;

public sealed class MediaPartsTests
{
    private static readonly TransportAddress Loopback = TransportAddress.From(IPAddress.Loopback, 0);

    [Fact]
    public void Clock_NeverGoesBack()
    {
        var clock = new MonotonicClock();
        var last = Instant.Zero;
        for (var i = 0; i < 10_000; i++)
        {
            var now = clock.Now;
            Assert.True(now >= last);
            last = now;
        }

        Assert.True(last > Instant.Zero);
    }

    [Fact]
    public void Ports_ArePairsWithAnEvenFirst()
    {
        var pool = new MediaPortPool(Loopback, 41_001, 41_008, new UdpSocketSettings());
        Assert.Equal(3, pool.Capacity);

        var opened = Enumerable.Range(0, 3).Select(_ => Open(pool)).ToArray();

        Assert.All(opened, pair => Assert.Equal(0, pair.Rtp.LocalAddress.Port % 2));
        Assert.All(opened, pair => Assert.Equal(pair.Rtp.LocalAddress.Port + 1, pair.Rtcp.LocalAddress.Port));
        Assert.Equal(3, opened.Select(pair => pair.Rtp.LocalAddress.Port).Distinct().Count());
        Assert.Equal(MediaPortOutcome.Exhausted, pool.TryOpen(out _, out _));
        Assert.All(opened, Close);
    }

    [Fact]
    public void ReturnedPort_IsReusedLast()
    {
        var pool = new MediaPortPool(Loopback, 41_020, 41_025, new UdpSocketSettings());
        var first = Open(pool);
        var port = first.Rtp.LocalAddress.Port;
        Close(first);
        pool.Return(port);

        var next = Enumerable.Range(0, 3).Select(_ => Open(pool)).ToArray();

        Assert.Equal(port, next[2].Rtp.LocalAddress.Port);
        Assert.All(next, Close);
    }

    [Fact]
    public void PortOfAnotherProcess_IsPassedOver()
    {
        var settings = new UdpSocketSettings();
        Assert.True(UdpSocket.TryOpen(Loopback.WithPort(41_041), settings, out var taken, out _));
        var pool = new MediaPortPool(Loopback, 41_040, 41_043, settings);

        var pair = Open(pool);

        Assert.Equal(41_042, pair.Rtp.LocalAddress.Port);
        Assert.Equal(MediaPortOutcome.Exhausted, pool.TryOpen(out var rtp, out var rtcp));
        Assert.Null(rtp);
        Assert.Null(rtcp);
        Assert.Equal(1, pool.Available);
        Close(pair);
        taken.Dispose();
    }

    [Fact]
    public void AddressOfAnotherHost_IsRefusedAtOnce()
    {
        var elsewhere = TransportAddress.From(IPAddress.Parse("192.0.2.1"), 0);
        var pool = new MediaPortPool(elsewhere, 41_060, 41_099, new UdpSocketSettings());
        Assert.Equal(MediaPortOutcome.Refused, pool.TryOpen(out _, out _));
        Assert.Equal(pool.Capacity, pool.Available);
    }

    [Fact]
    public void CommandQueue_RefusesWhenFullAndKeepsTheOrder()
    {
        var queue = new MediaCommandQueue<int>(4);
        for (var round = 0; round < 10; round++)
        {
            Assert.All([1, 2, 3, 4], i => Assert.True(queue.TryEnqueue(i)));
            Assert.False(queue.TryEnqueue(5));
            for (var i = 1; i <= 4; i++)
            {
                Assert.True(queue.TryDequeue(out var item));
                Assert.Equal(i, item);
            }

            Assert.False(queue.TryDequeue(out _));
        }
    }

    [Fact]
    public void CommandQueue_LosesNothingBetweenThreads()
    {
        const int Producers = 3;
        const int Each = 20_000;
        var queue = new MediaCommandQueue<(int Producer, int Number)>(64);
        var threads = Enumerable.Range(0, Producers).Select(producer => new Thread(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                while (!queue.TryEnqueue((producer, i)))
                {
                    Thread.Yield();
                }
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());

        var expected = new int[Producers];
        for (var count = 0; count < Producers * Each;)
        {
            if (queue.TryDequeue(out var item))
            {
                Assert.Equal(expected[item.Producer]++, item.Number);
                count++;
            }
            else
            {
                Thread.Yield();
            }
        }

        Array.ForEach(threads, thread => thread.Join());
        Assert.False(queue.TryDequeue(out _));
    }

    [Fact]
    public void Wheel_SpreadsSessionsEvenlyAndTicksEachOnceAnInterval()
    {
        var wheel = new MediaPhaseWheel(new MediaWorkerOptions(), Instant.Zero);
        var slots = Enumerable.Range(0, 1_000).Select(_ => new MediaSlot(null!, [])).ToArray();
        Assert.All(slots, wheel.Add);

        var ticks = new Dictionary<MediaSlot, List<Instant>>(ReferenceEqualityComparer.Instance);
        for (var millisecond = 0; millisecond < 200; millisecond++)
        {
            var moment = Instant.FromMilliseconds(millisecond);
            Assert.Equal(moment, wheel.Next);
            Assert.True(wheel.TryTakeDue(moment, out var due, out var at));
            Assert.Equal(moment, at);
            Assert.Equal(50, due.Count);
            Assert.False(wheel.TryTakeDue(moment, out _, out _));
            due.ForEach(slot => (ticks.TryGetValue(slot, out var list) ? list : ticks[slot] = []).Add(at));
        }

        Assert.All(ticks.Values, list => Assert.Equal(10, list.Count));
        var gaps = ticks.Values.SelectMany(list => list.Zip(list.Skip(1), (first, second) => second - first));
        Assert.All(gaps, gap => Assert.Equal(TimeSpan.FromMilliseconds(20), gap));
    }

    [Fact]
    public void Wheel_SkipsWhatIsTooOldAndKeepsItsPhase()
    {
        var wheel = new MediaPhaseWheel(new MediaWorkerOptions { MaxCatchUpTicks = 3 }, Instant.Zero);
        wheel.Add(new MediaSlot(null!, []));
        var now = Instant.FromMilliseconds(1_005);

        // Due at 0, 20 … 1000: the last three intervals are made up for, 48 phases before them are not.
        Assert.Equal(48, wheel.SkipStale(now));
        var dues = new List<long>();
        while (wheel.TryTakeDue(now, out var slots, out var due))
        {
            dues.AddRange(slots.Select(_ => due.Milliseconds));
        }

        Assert.Equal([960, 980, 1_000], dues);
        Assert.Equal(Instant.FromMilliseconds(1_020), wheel.Next);
    }

    [Fact]
    public void EmptyWheel_WaitsForNothing()
    {
        var wheel = new MediaPhaseWheel(new MediaWorkerOptions(), Instant.Zero);
        Assert.Null(wheel.Next);
        var slot = new MediaSlot(null!, []);
        wheel.Add(slot);
        wheel.Remove(slot);
        Assert.Null(wheel.Next);
    }

    [Fact]
    public void TokenOfAClosedSocket_FindsNothingThoughItsPlaceIsTaken()
    {
        Assert.True(UdpSocket.TryOpen(Loopback, new UdpSocketSettings(), out var socket, out _));
        var table = new MediaSocketTable();
        var (old, young) = (new MediaSlot(null!, [socket]), new MediaSlot(null!, [socket]));
        var place = table.Add(old, 0);
        var stale = table.TokenOf(place);
        table.Remove(place);
        Assert.False(table.TryFind(stale, out _, out _, out _));

        Assert.Equal(place, table.Add(young, 0));

        Assert.False(table.TryFind(stale, out _, out _, out _));
        Assert.True(table.TryFind(table.TokenOf(place), out var found, out var foundSocket, out var tag));
        Assert.Same(young, found);
        Assert.Same(socket, foundSocket);
        Assert.Equal(0, tag);
        socket.Dispose();
    }

    [Fact]
    public void Lateness_FallsIntoItsBucket() =>
        Gen.Int[0, 1_000_000].Sample(microseconds =>
        {
            var histogram = new LatenessHistogram();
            histogram.Add(TimeSpan.FromMicroseconds(microseconds));
            var bucket = Enumerable.Range(0, histogram.Buckets).Single(i => histogram[i] == 1);
            var bounds = LatenessHistogram.BoundsMilliseconds;
            Assert.True(bucket == histogram.Buckets - 1 || microseconds <= bounds[bucket] * 1_000);
            Assert.True(bucket == 0 || microseconds > bounds[bucket - 1] * 1_000);
        });

    private static (UdpSocket Rtp, UdpSocket Rtcp) Open(MediaPortPool pool)
    {
        Assert.Equal(MediaPortOutcome.Opened, pool.TryOpen(out var rtp, out var rtcp));
        return (rtp!, rtcp!);
    }

    private static void Close((UdpSocket Rtp, UdpSocket Rtcp) pair)
    {
        pair.Rtp.Dispose();
        pair.Rtcp.Dispose();
    }
}
