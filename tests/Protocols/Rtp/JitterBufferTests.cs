using CsCheck;
using Farspan.Kernel;
using static Farspan.Rtp.Tests.JitterSimulation;

namespace Farspan.Rtp.Tests;

public sealed class JitterBufferTests
{
    private static readonly JitterBufferSettings Settings = new() { ClockRateHz = 8000 };
    private readonly JitterBuffer _buffer = new(Settings);
    private readonly JitterSimulation _listener;

    public JitterBufferTests() => _listener = new JitterSimulation(_buffer);

    [Fact]
    public void AnEvenStream_IsPlayedWhole_AfterTheInitialDelay()
    {
        _listener.Run(Enumerable.Range(0, 100).Select(i => Packet(i, 20 * i)), TimeSpan.FromSeconds(2));

        Assert.Equal(
            [JitterVerdict.Empty, JitterVerdict.Empty], _listener.Log.Take(2).Select(taken => taken.Verdict));
        Assert.Equal(Enumerable.Range(0, 98), _listener.Played.Select(taken => taken.Number));
        Assert.All(_listener.Log.Skip(2), taken => Assert.Equal(JitterVerdict.Packet, taken.Verdict));
        Assert.Equal(TimeSpan.FromMilliseconds(40), _buffer.CurrentDelay);
        Assert.Equal(Settings.MinDelay, _buffer.TargetDelay);
    }

    [Fact]
    public void ALostPacket_IsConcealedOnce_WithItsFollowerAtHand()
    {
        var arriving = Enumerable.Range(0, 50).Where(i => i != 10);
        _listener.Run(arriving.Select(i => Packet(i, 20 * i)), TimeSpan.FromSeconds(1));

        Assert.Equal((JitterVerdict.Missing, 11), (_listener.Log[12].Verdict, _listener.Log[12].Number));
        Assert.Equal((JitterVerdict.Packet, 11), (_listener.Log[13].Verdict, _listener.Log[13].Number));
        Assert.Equal((1, 0), (_buffer.Counters.Concealed, _buffer.Counters.Late));
    }

    [Fact]
    public void OfSeveralLostInARow_OnlyTheLastHasItsFollowerAtHand()
    {
        var arriving = Enumerable.Range(0, 50).Where(i => i is not (10 or 11));
        _listener.Run(arriving.Select(i => Packet(i, 20 * i)), TimeSpan.FromSeconds(1));

        Assert.Equal([-1, 12, 12], _listener.Log.Skip(12).Take(3).Select(taken => taken.Number));
        Assert.Equal(2, _buffer.Counters.Concealed);
    }

    [Fact]
    public void ReorderedPackets_ArePlayedInOrder()
    {
        _listener.Run(
            Enumerable.Range(0, 50).Select(i => Packet(i, (20 * i) + (i % 5 == 1
                ? 25
                : 0))), TimeSpan.FromSeconds(1.2));

        Assert.Equal(Enumerable.Range(0, 50), _listener.Played.Select(taken => taken.Number));
        Assert.Equal(10, _buffer.Counters.Reordered);
    }

    [Fact]
    public void APacketBeforeTheFirstThatCame_IsStillPlayedFirst()
    {
        _listener.Run([Packet(1, 0), Packet(0, 5), Packet(2, 20)], TimeSpan.FromSeconds(0.12));

        Assert.Equal([0, 1, 2], _listener.Played.Select(taken => taken.Number));
    }

    [Fact]
    public void Duplicates_AreCountedAndNotPlayed()
    {
        var once = Enumerable.Range(0, 20).Select(i => Packet(i, 20 * i)).ToArray();
        var again = once.Select(arrival => arrival with { At = arrival.At + TimeSpan.FromMilliseconds(90) });
        _listener.Run([.. once, .. once, .. again], TimeSpan.FromSeconds(1));

        Assert.Equal(Enumerable.Range(0, 20), _listener.Played.Select(taken => taken.Number));
        Assert.Equal((40, 0), (_buffer.Counters.Duplicate, _buffer.Counters.Late));
    }

    [Fact]
    public void APacketAfterItsTurn_IsLate()
    {
        _listener.Run(
            Enumerable.Range(0, 30).Select(i => Packet(i, (20 * i) + (i == 10
                ? 90
                : 0))), TimeSpan.FromSeconds(0.6));

        Assert.DoesNotContain(10, _listener.Played.Select(taken => taken.Number));
        Assert.Equal((1, 1), (_buffer.Counters.Late, _buffer.Counters.Concealed));
    }

    [Fact]
    public void AnInterruption_IsConcealedForAWhile_ThenSilent_ThenGoesOn()
    {
        var arrivals = Enumerable.Range(0, 100).Where(i => i is < 20 or >= 70).Select(i => Packet(i, 20 * i));
        _listener.Run(arrivals, TimeSpan.FromSeconds(2));

        Assert.Equal(5, _buffer.Counters.Concealed);
        var expected = Enumerable.Range(0, 20).Concat(Enumerable.Range(70, 28));
        Assert.Equal(expected, _listener.Played.Select(taken => taken.Number));
        Assert.Equal(0, _buffer.Counters.Dropped);
    }

    [Fact] // RFC 3551 §4.1: silence is a gap in time, none in the numbers, and ends with a marker.
    public void TheSendersSilence_IsNeitherConcealedNorCutShort()
    {
        var first = Enumerable.Range(0, 20).Select(i => Packet(i, 20 * i));
        var second = Enumerable.Range(20, 20).Select(i =>
        {
            var packet = Packet(i, (20 * i) + 1000);
            return packet with { Header = packet.Header with { Timestamp = packet.Header.Timestamp + 8000 } };
        });
        var settings = Settings with { ComfortNoisePayloadType = 13 };
        var buffer = new JitterBuffer(settings);
        var listener = new JitterSimulation(buffer);
        var noise = Packet(19, 20 * 19);
        var lastOfFirst = noise with { Header = noise.Header with { PayloadType = 13 } };
        listener.Run([.. first.SkipLast(1), lastOfFirst, .. second], TimeSpan.FromSeconds(1.84));

        Assert.Equal(Enumerable.Range(0, 40), listener.Played.Select(taken => taken.Number));
        Assert.Equal(0, buffer.Counters.Concealed);
        Assert.Equal(0, buffer.Counters.Dropped);
    }

    [Fact]
    public void PacketsOfEvents_AreNotMissed()
    {
        var verdicts = new List<JitterVerdict>();
        for (var i = 0; i < 30; i++)
        {
            var now = Instant.FromMilliseconds(20 * i);
            if (i is >= 5 and < 15)
            {
                _buffer.Skip(Packet(i, 0).Header with { Timestamp = 1 });
            }
            else
            {
                _buffer.Insert(Packet(i, 0).Header, new byte[1], now);
            }

            verdicts.Add(_buffer.Take(now, isQuiet: false, out _));
        }

        Assert.DoesNotContain(JitterVerdict.Missing, verdicts);
        Assert.Equal(18, verdicts.Count(verdict => verdict == JitterVerdict.Packet));
        Assert.Equal(0, _buffer.Counters.Late + _buffer.Counters.Dropped);
    }

    [Theory]
    [InlineData(8000, 10)]
    [InlineData(8000, 30)]
    [InlineData(8000, 60)]
    [InlineData(48000, 20)]
    public void ThePacketTime_IsLearnt(int clockRateHz, int milliseconds)
    {
        var buffer = new JitterBuffer(Settings with { ClockRateHz = clockRateHz });
        var tick = TimeSpan.FromMilliseconds(milliseconds);
        var listener = new JitterSimulation(buffer) { ListenerTick = tick };
        var units = clockRateHz * milliseconds / 1000;
        listener.Run(
            Enumerable.Range(0, 60).Where(i => i != 30)
                .Select(i => Packet(i, Instant.Zero + (i * tick), units)),
            TimeSpan.FromMilliseconds(60 * milliseconds));

        Assert.Equal(milliseconds, buffer.PacketTime.TotalMilliseconds);
        Assert.Equal(1, buffer.Counters.Concealed);
        Assert.True(listener.Played.Count() >= 54);
    }

    [Fact]
    public void TheTarget_FollowsTheJitter_BothWays()
    {
        _listener.Run(Rough(), TimeSpan.FromSeconds(10));
        Assert.InRange(_buffer.TargetDelay.TotalMilliseconds, 85, 105);
        Assert.True(_buffer.Counters.Late < 15, $"{_buffer.Counters}");

        var buffer = new JitterBuffer(Settings);
        var listener = new JitterSimulation(buffer) { IsQuiet = true };
        var smooth = Enumerable.Range(500, 1500).Select(i => Packet(i, (20 * i) + 50));
        listener.Run([.. Rough(), .. smooth], TimeSpan.FromSeconds(40));
        Assert.InRange(buffer.TargetDelay.TotalMilliseconds, 20, 25);
        Assert.InRange(buffer.CurrentDelay.TotalMilliseconds, 0, 45);

        static IEnumerable<Arrival> Rough()
        {
            var random = new RandomSource(5);
            return [.. Enumerable.Range(0, 500).Select(i => Packet(i, (20 * i) + random.NextInt32(100)))];
        }
    }

    [Theory]
    [InlineData(-0.002, true)]
    [InlineData(0.002, true)]
    [InlineData(-0.002, false)]
    [InlineData(0.002, false)]
    public void ClocksThatDiffer_NeitherPileUpNorStarve(double skew, bool isQuiet)
    {
        _listener.IsQuiet = isQuiet;
        _listener.Run(
            Enumerable.Range(0, 6000).Select(i => Packet(i, 20 * i * (1 + skew))), TimeSpan.FromSeconds(118));

        Assert.All(_listener.Log, taken => Assert.InRange(taken.Delay.TotalMilliseconds, 0, 130));
        Assert.True(_listener.Played.Count() > 5850, $"{_buffer.Counters}");
        Assert.Equal(0, _buffer.Counters.Late);
    }

    [Fact]
    public void AnotherSource_IsFollowedAtOnce()
    {
        var first = Enumerable.Range(0, 20).Select(i => Packet(i, 20 * i));
        var second = Enumerable.Range(0, 20).Select(
            i => Packet(1000 + i, Instant.FromMilliseconds(400 + (20 * i)), ssrc: 2));
        _listener.Run([.. first, .. second], TimeSpan.FromSeconds(1));

        Assert.Equal(20, _listener.Played.Count(taken => taken.Number >= 1000));
        Assert.Equal(1, _buffer.Counters.Restarts);
    }

    [Theory]
    [InlineData(1_000_000, 0)]
    [InlineData(-1_000_000, 0)]
    [InlineData(0, 5000)]
    [InlineData(0, -5000)]
    public void AJumpOfTheSourcesClockOrNumbers_IsSurvived(int timestampJump, int sequenceJump)
    {
        var arrivals = Enumerable.Range(0, 100).Select(i =>
        {
            var packet = Packet(i, 20 * i);
            var header = i < 50 ? packet.Header : packet.Header with
            {
                Timestamp = packet.Header.Timestamp + (uint)timestampJump,
                SequenceNumber = (ushort)(packet.Header.SequenceNumber + sequenceJump),
            };
            return packet with { Header = header };
        });
        _listener.Run(arrivals, TimeSpan.FromSeconds(2));

        Assert.True(_listener.Played.Count() >= 80, $"{_buffer.Counters}");
        Assert.Equal(1, _buffer.Counters.Restarts);
    }

    [Fact]
    public void AClockThatStoodStillDuringAPause_IsNoDelay()
    {
        var arrivals = Enumerable.Range(0, 100).Select(i => Packet(i, (20 * i) + (i < 50 ? 0 : 700)));
        _listener.Run(arrivals, TimeSpan.FromSeconds(3));

        Assert.Equal(Enumerable.Range(0, 100), _listener.Played.Select(taken => taken.Number));
        Assert.All(_listener.Log, taken => Assert.InRange(taken.Delay.TotalMilliseconds, 0, 100));
    }

    [Fact]
    public void ABurstAfterAStall_IsCutToTheLargestDelay()
    {
        var arrivals = Enumerable.Range(0, 200).Select(i => Packet(i, i is >= 50 and < 100 ? 2000 : 20 * i));
        _listener.Run(arrivals, TimeSpan.FromSeconds(4));

        Assert.All(_listener.Log, taken => Assert.True(taken.Delay <= Settings.MaxDelay, $"{taken}"));
        Assert.True(_buffer.Counters.Dropped > 0);
        Assert.Equal(0, _buffer.Counters.Restarts);
        Assert.True(IsIncreasing(_listener.Played.Select(taken => taken.Number)));
    }

    [Fact]
    public void WhateverTheNetworkDoes_OrderIsKept_NothingPlaysTwice_DelayIsBounded() =>
        Gen.Select(Gen.ULong, Gen.Int[0, 60], Gen.Int[0, 250], Gen.Int[0, 30], Gen.Bool).Sample(
            (seed, lossPercent, jitterMilliseconds, duplicatePercent, isQuiet) =>
            {
                var random = new RandomSource(seed);
                var arrivals = Disturb(random, lossPercent, jitterMilliseconds, duplicatePercent);
                var buffer = new JitterBuffer(Settings);
                var listener = new JitterSimulation(buffer) { IsQuiet = isQuiet };
                listener.Run(arrivals, TimeSpan.FromSeconds(7));

                var counters = buffer.Counters;
                var accounted = counters.Played + counters.Late + counters.Duplicate + counters.Dropped;
                return IsIncreasing(listener.Played.Select(taken => taken.Number))
                    && listener.Log.All(taken => taken.Delay <= Settings.MaxDelay)
                    && accounted + buffer.BufferedPackets == counters.Inserted
                    && counters.Restarts == 0;
            },
            iter: 300);

    [Fact]
    public void ArbitraryPackets_NeverThrow() =>
        Gen.Select(Gen.UShort, Gen.UInt, Gen.UInt[0, 2], Gen.Int[0, 200], Gen.Int[0, 3]).Array[0, 200].Sample(
        inputs =>
        {
            var buffer = new JitterBuffer(Settings with { CapacityPackets = 16 });
            var now = Instant.Zero;
            var payload = new byte[2000];
            foreach (var (sequence, timestamp, ssrc, milliseconds, action) in inputs)
            {
                now += TimeSpan.FromMilliseconds(milliseconds);
                var isNear = milliseconds % 4 != 0;
                var header = new RtpHeader(
                    0, false, isNear
                        ? (ushort)(sequence % 40)
                        : sequence, isNear ? timestamp % 4000 : timestamp, ssrc / 2);
                switch (action)
                {
                    case 0:
                        buffer.Skip(header);
                        break;
                    case 1:
                        buffer.Take(now, sequence % 2 == 0, out _);
                        break;
                    default:
                        buffer.Insert(header, payload.AsSpan(0, sequence % 1500), now);
                        break;
                }
            }

            return buffer.BufferedPackets <= 16;
        });

    [Fact]
    public void TheMediaPath_AllocatesNothing()
    {
        var number = 0;
        var payload = new byte[160];
        Assert.Equal(0, Allocation.Of(() =>
        {
            var arrival = Instant.FromMilliseconds(20 * number);
            var header = new RtpHeader(0, false, (ushort)number, (uint)(160 * number), 1);
            number += number % 7 == 0 ? 2 : 1;
            _buffer.Insert(header, payload, arrival);
            _buffer.Take(arrival, number % 3 == 0, out _);
        }));
        Assert.True(_buffer.Counters.Played > 1000 && _buffer.Counters.Concealed > 100);
    }

    private static IEnumerable<Arrival> Disturb(
        RandomSource random, int lossPercent, int jitterMilliseconds, int duplicatePercent)
    {
        for (var i = 0; i < 300; i++)
        {
            var copies = random.NextInt32(100) < duplicatePercent ? 2 : 1;
            for (var copy = 0; copy < copies && random.NextInt32(100) >= lossPercent; copy++)
            {
                yield return Packet(i, (20 * i) + random.NextInt32(jitterMilliseconds + 1));
            }
        }
    }

    private static bool IsIncreasing(IEnumerable<int> numbers) =>
        numbers.Zip(numbers.Skip(1)).All(pair => pair.First < pair.Second);
}
