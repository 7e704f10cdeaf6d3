using CsCheck;
using Farspan.Kernel;

namespace Farspan.Media.Tests;

public sealed class MediaPartsTests
{
    private static readonly TransportAddress Announced = BridgedCall.Address(1, 4_000);
    private static readonly TransportAddress Other = BridgedCall.Address(5, 5_000);
    private static readonly TransportAddress Stranger = BridgedCall.Address(6, 6_000);
    private static readonly Instant End = Instant.FromMilliseconds(10_000);
    private static readonly Instant Within = Instant.FromMilliseconds(9_999);

    [Fact] // RFC 6716 §3.1, table 2
    public void OpusPacket_SaysHowLongItLasts()
    {
        Assert.Equal(20, DurationMs(0x08)); // SILK narrowband, 20 ms
        Assert.Equal(60, DurationMs(0x18)); // SILK narrowband, 60 ms
        Assert.Equal(10, DurationMs(0x60)); // hybrid, 10 ms
        Assert.Equal(2.5, DurationMs(0x80)); // CELT, 2.5 ms
        Assert.Equal(20, DurationMs(0xF8)); // CELT fullband, 20 ms
        Assert.Equal(40, DurationMs(0xF9)); // two of them
        Assert.Equal(60, DurationMs(0xFB, 0x03)); // three of them
        Assert.Equal(0, DurationMs(0xFB));
        Assert.Equal(0, DurationMs());
    }

    [Fact]
    public void PcmQueue_GivesBackWhatItTook() =>
        Gen.Int[1, 480].Array[1, 40].Sample(lengths =>
        {
            var queue = new PcmQueue(960);
            short written = 0, read = 0;
            foreach (var length in lengths)
            {
                var room = queue.Reserve(length);
                for (var i = 0; i < length; i++)
                {
                    room[i] = written++;
                }

                queue.Commit(length);
                while (queue.Count >= 160)
                {
                    foreach (var sample in queue.Take(160))
                    {
                        Assert.Equal(read++, sample);
                    }
                }
            }
        });

    [Fact]
    public void Latch_SendsWhereTheDescriptionSaysUntilItKnowsBetter()
    {
        var latch = new SourceLatch();
        latch.Configure(Announced, End);
        Assert.Equal(Announced, latch.Target);
        Assert.True(latch.MayBe(Other, 1, Within));
        latch.Accept(Other, 1);
        Assert.Equal(Other, latch.Target);
    }

    [Fact]
    public void Latch_IsShutByTheFirstPacketButForTheSameStreamAndTheAnnouncedAddress()
    {
        var latch = new SourceLatch();
        latch.Configure(Announced, End);
        latch.Accept(Other, 1);
        Assert.False(latch.MayBe(Stranger, 2, Within));
        Assert.True(latch.MayBe(Stranger, 1, Within));
        Assert.True(latch.MayBe(Announced, 2, Within));
    }

    [Fact]
    public void Latch_LearnsNothingAfterItsWindow()
    {
        var latch = new SourceLatch();
        latch.Configure(Announced, End);
        Assert.False(latch.MayBe(Stranger, 1, End));
        Assert.True(latch.MayBe(Announced, 1, End));
        latch.Accept(Announced, 1);
        Assert.False(latch.MayBe(Stranger, 1, End));
        Assert.False(latch.MayBe(Other, 2, End));
    }

    [Fact]
    public void Latch_ForgetsWhatItLearnedOnlyForAnotherAddress()
    {
        var latch = new SourceLatch();
        latch.Configure(Announced, End);
        latch.Accept(Other, 1);
        latch.Configure(Announced, End);
        Assert.Equal(Other, latch.Target);
        latch.Configure(Stranger, End);
        Assert.Equal(Stranger, latch.Target);
    }

    private static double DurationMs(params byte[] packet) => OpusPacket.DurationOf(packet).TotalMilliseconds;
}
