using CsCheck;
using Farspan.Audio;
using Farspan.Kernel;
using Farspan.Runtime;
using Xunit;

namespace Farspan.Tones.Tests;

public sealed class LabTonesTests
{
    private const int Rate = 8_000;
    private const int FrameSamples = 160;

    // Mostly within 2 ms; a code whose symbols repeat shows few boundaries, and may be placed a block of 10 ms aside.
    private const int AtWorstMs = 11;

    private static readonly TimeSpan FrameTime = TimeSpan.FromMilliseconds(20);

    [Fact]
    public void NoTwoCallersShareAnAgent_AndNoneIsTheirOwn()
    {
        var agents = Enumerable.Range(0, LabTones.Codes).Select(LabTones.AgentCode).ToArray();

        Assert.Equal(LabTones.Codes, agents.Distinct().Count());
        Assert.DoesNotContain(agents.Index(), pair => pair.Index == pair.Item);
    }

    [Fact]
    public void TheCodeAndTheDelay_AreHeardWhateverThePhaseOfTheFrames() =>
        Gen.Select(
                Gen.Int[0, LabTones.Codes - 1],
                Gen.Int[0, 1_430],
                Gen.Long[0, 1L << 40],
                Gen.Int[0, 19_999])
            .Sample((code, delayMs, originTicks, phaseMicroseconds) =>
            {
                var clock = new ToneClock(new TimeSpan(originTicks));
                var start = Instant.Zero + TimeSpan.FromMicroseconds(phaseMicroseconds);
                var heard = Listen(clock, code, start, TimeSpan.FromMilliseconds(delayMs));

                Assert.NotEmpty(heard);
                Assert.All(heard, each => Assert.Equal(code, each.Code));
                Assert.All(heard, each =>
                    Assert.InRange(each.Delay!.Value.TotalMilliseconds, delayMs - AtWorstMs, delayMs + AtWorstMs));
            }, iter: 50);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ASequenceHeardBeforeItWasSent_IsNeverALongDelay(bool isTwin)
    {
        var clock = new ToneClock(TimeSpan.Zero);
        var sentAt = Instant.FromMilliseconds(10 * 1_920) + (isTwin ? ToneSequence.Period : TimeSpan.Zero);
        var code = isTwin ? 7 + LabTones.Codes : 7;

        Assert.Equal(TimeSpan.Zero, DelayOf(-1));
        Assert.Equal(TimeSpan.Zero, DelayOf(-19.9));
        Assert.Null(DelayOf(-20.1));
        Assert.Null(DelayOf(-479));
        Assert.Equal(TimeSpan.Zero, DelayOf(0));
        Assert.Equal(TimeSpan.FromMilliseconds(959), DelayOf(959));
        Assert.Equal(ToneClock.DelayMax, DelayOf(1_440));
        Assert.Null(DelayOf(1_441));

        TimeSpan? DelayOf(double milliseconds) =>
            clock.DelayOf(code, sentAt + TimeSpan.FromMilliseconds(milliseconds));
    }

    [Fact]
    public void TwoClocksOfOneMachine_AgreeOnTheSample()
    {
        var first = new MonotonicClock();
        var second = new MonotonicClock();
        var (firstTones, secondTones) = (new ToneClock(first), new ToneClock(second));

        // Read one after the other; a second reading of the first bounds what passed between.
        var before = firstTones.SampleAt(first.Now, 48_000);
        var between = secondTones.SampleAt(second.Now, 48_000);
        var after = firstTones.SampleAt(first.Now, 48_000);

        var period = LabTones.CreateSequence(0, 48_000).Length;
        var passed = (after - before + period) % period;
        Assert.InRange((between - before + period + 48) % period, 0, passed + 96);
    }

    [Fact]
    public void AFrame_AllocatesNothing()
    {
        var listener = new ToneListener(new ToneClock(TimeSpan.Zero), Rate);
        var outbox = new Outbox<ToneHeard>();
        var sequence = LabTones.CreateSequence(5, Rate);
        var frame = 0;
        Play(100);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Play(1_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Play(int frames)
        {
            for (var i = 0; i < frames; i++, frame++)
            {
                var at = frame * FrameSamples % sequence.Length;
                var arrivedAt = Instant.Zero + (frame * FrameTime);
                listener.Accept(sequence.AsSpan(at, FrameSamples), arrivedAt, outbox);
                outbox.Clear();
            }
        }
    }

    private static List<ToneHeard> Listen(ToneClock clock, int code, Instant start, TimeSpan delay)
    {
        var listener = new ToneListener(clock, Rate);
        var outbox = new Outbox<ToneHeard>();
        var sequence = LabTones.CreateSequence(code, Rate);
        var pcm = new short[FrameSamples];
        for (var i = 0; i < 120; i++)
        {
            var sentAt = start + (i * FrameTime);
            var first = clock.SampleAt(sentAt, Rate);
            for (var j = 0; j < FrameSamples; j++)
            {
                pcm[j] = sequence[(first + j) % sequence.Length];
            }

            listener.Accept(pcm, sentAt + delay, outbox);
        }

        return [.. Enumerable.Range(0, outbox.Count).Select(i => outbox[i])];
    }
}
