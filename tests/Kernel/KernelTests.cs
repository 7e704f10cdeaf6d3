using Farspan.Kernel;

namespace Farspan.Kernel.Tests;

public sealed class KernelTests
{
    private enum Timer
    {
        A,
        B,
    }

    [Fact]
    public void TimerTable_ExpiresAtTheDeadline_AndNotOneTickBefore()
    {
        var timers = new TimerTable<Timer>();
        timers.Start(Timer.B, new Instant(100));

        Assert.Equal(new Instant(100), timers.Next);
        Assert.False(timers.TryExpire(Timer.B, new Instant(99)));
        Assert.False(timers.TryExpire(Timer.A, new Instant(100)));
        Assert.True(timers.TryExpire(Timer.B, new Instant(100)));
        Assert.False(timers.TryExpire(Timer.B, new Instant(100)));
        Assert.Null(timers.Next);
    }

    [Fact]
    public void RandomSource_RepeatsForever()
    {
        // Computed once from the published reference implementations of SplitMix64 and xoshiro256**.
        var random = new RandomSource(1);
        Assert.Equal(0xB3F2AF6D0FC710C5UL, random.NextUInt64());
        Assert.Equal(0x853B559647364CEAUL, random.NextUInt64());
    }

    [Fact]
    public void Redacted_DoesNotPrintItsValue()
    {
        var secret = new Redacted<string>("hunter2");

        Assert.DoesNotContain("hunter2", $"{secret}", StringComparison.Ordinal);
        Assert.Equal("hunter2", secret.Reveal());
    }

    [Fact]
    public void BoundedQueue_RefusesWhenFull()
    {
        var queue = new BoundedQueue<int>(2);

        Assert.True(queue.TryEnqueue(1));
        Assert.True(queue.TryEnqueue(2));
        Assert.False(queue.TryEnqueue(3));
        Assert.True(queue.TryDequeue(out var first));
        Assert.Equal(1, first);
        Assert.True(queue.TryEnqueue(3));
    }

    [Fact]
    public void SpanWriter_TakesBytesFromTheStack()
    {
        var writer = new SpanWriter(new byte[4]);
        Span<byte> local = stackalloc byte[2];
        local.Fill(7);
        writer.WriteBytes(local);

        Assert.Equal([7, 7], writer.Written.ToArray());
    }

    [Fact]
    public void Personal_DoesNotPrintItsValue()
    {
        var number = new Personal<string>("+12125550123");

        Assert.Equal("[redacted]", $"{number}");
        Assert.Equal("+12125550123", number.Reveal());
    }

    [Fact]
    public void SpanWriter_RemembersThatSomethingDidNotFit()
    {
        Span<byte> room = stackalloc byte[3];
        var writer = new SpanWriter(room);
        writer.WriteUInt16(0x0102);
        writer.WriteUInt16(0x0304);
        writer.WriteByte(5);

        Assert.True(writer.HasOverflowed);
        Assert.Equal(2, writer.Position);
    }

    [Fact]
    public void Invariant_NamesTheConditionThatFailed()
    {
        var one = 1;
        var thrown = Assert.Throws<InvariantViolationException>(() => Invariant.Require(one == 2));

        Assert.Contains("one == 2", thrown.Message, StringComparison.Ordinal);
    }
}
