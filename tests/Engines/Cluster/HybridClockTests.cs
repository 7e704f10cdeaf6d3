using CsCheck;

namespace Farspan.Cluster.Tests;

public sealed class HybridClockTests
{
    private static readonly DateTimeOffset Wall = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly HybridClock _clock = new(TimeSpan.FromSeconds(10));

    [Fact]
    public void AStandingWallClock_StillOrdersWhatHappens()
    {
        Assert.True(_clock.TryTick(Wall, out var first));
        Assert.True(_clock.TryTick(Wall, out var second));

        Assert.True(second > first);
        Assert.Equal((first.Milliseconds, 1), (second.Milliseconds, second.Counter));
    }

    [Fact]
    public void AReading_IsLaterThanEverythingSeen()
    {
        var seen = HybridTimestamp.At(Wall.AddSeconds(9));

        Assert.True(_clock.Accepts(seen, Wall));
        _clock.Restore(seen);
        Assert.True(_clock.TryTick(Wall, out var now));

        Assert.Equal(seen.Next, now);
    }

    [Fact]
    public void ATimestampFromTheFuture_IsRefused() =>
        Assert.False(_clock.Accepts(HybridTimestamp.At(Wall.AddSeconds(11)), Wall));

    [Fact]
    public void AClockThatWasSetBackTooFar_GivesNoTimestampUntilItCatchesUp()
    {
        Assert.True(_clock.TryTick(Wall, out var before));

        Assert.False(_clock.TryTick(Wall.AddSeconds(-11), out _));
        Assert.True(_clock.TryTick(Wall.AddSeconds(-9), out var after));

        Assert.True(after > before);
    }

    [Fact]
    public void AFullCounter_CarriesIntoTheMilliseconds()
    {
        _clock.Restore(new HybridTimestamp(HybridTimestamp.At(Wall).Packed | 0xFFFF));

        Assert.True(_clock.TryTick(Wall, out var now));

        Assert.Equal((Wall.ToUnixTimeMilliseconds() + 1, 0), (now.Milliseconds, now.Counter));
    }

    [Fact]
    public void Readings_AlwaysRiseAndStayNearTheWallClock() =>
        Gen.Int[-20_000, 20_000].Array[1, 200].Sample(steps =>
        {
            var clock = new HybridClock(TimeSpan.FromSeconds(10));
            var last = HybridTimestamp.Zero;
            foreach (var step in steps)
            {
                var wall = Wall.AddMilliseconds(step);
                if (clock.TryTick(wall, out var now))
                {
                    Assert.True(now > last);
                    Assert.True(now.AheadOf(wall) <= TimeSpan.FromSeconds(10));
                    last = now;
                }
            }
        });
}
