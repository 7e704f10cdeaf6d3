using CsCheck;

namespace Farspan.Simulation.Tests;

public sealed class DelayTests
{
    private static readonly Gen<Delay> Delays = Gen.Recursive<Delay>((depth, inner) =>
    {
        var part = Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 10_000], Gen.Int[0, 10_000])
            .Select((a, b, c) =>
            {
                int[] sorted = [.. new[] { a, b, c }.Order()];
                return Delay.Between(Ms(sorted[0]), Ms(sorted[1]), Ms(sorted[2]));
            });
        return depth > 3
            ? part
            : Gen.OneOf(
                part,
                Gen.Select(inner, inner).Select((a, b) => a.Then(b)),
                Gen.Select(inner, inner).Select((a, b) => Delay.Latest(a, b)),
                Gen.Select(inner, inner).Select((a, b) => Delay.Earliest(a, b)));
    });

    [Fact]
    public void ADrawnTime_IsNeverOutsideTheInterval() =>
        Gen.Select(Delays, Gen.ULong).Sample((delay, seed) =>
        {
            var random = new Farspan.Kernel.RandomSource(seed);
            for (var i = 0; i < 20; i++)
            {
                Assert.InRange(delay.Draw(random), delay.Best, delay.Worst);
            }
        });

    [Fact]
    public void TheMeanOfManyDraws_IsTheExpectedTime()
    {
        var delay = Delay.Between(Ms(100), Ms(300), Ms(2_000)).Then(Delay.Between(Ms(0), Ms(50)));

        var drawn = DelayPercentiles.Of(delay, 7, 50_000)!;

        Assert.InRange(drawn.Mean.TotalMilliseconds, 318, 332);
        Assert.True(drawn.P50 < drawn.P90 && drawn.P90 < drawn.P99);
    }

    [Fact]
    public void TheSameSeed_DrawsTheSameTimes()
    {
        var delay = PathDetection.Bfd(Second(1, 5), Second(1, 5)).Then(PathDetection.RemoteConvergence());

        Assert.Equal(DelayPercentiles.Of(delay, 42), DelayPercentiles.Of(delay, 42));
        Assert.NotEqual(DelayPercentiles.Of(delay, 42), DelayPercentiles.Of(delay, 43));
    }

    [Fact]
    public void InSeries_TimesAddUp_AndNeverStaysNever()
    {
        var sum = Delay.Between(Ms(1), Ms(3)).Then(Delay.Exactly(Ms(10)));

        Assert.Equal((Ms(11), Ms(12), Ms(13)), (sum.Best, sum.Expected, sum.Worst));
        Assert.True(sum.Then(Delay.Never).IsNever);
        Assert.Null(DelayPercentiles.Of(Delay.Never, 1));
    }

    [Fact]
    public void OfRemediesInParallel_TheFirstCounts_AndARemedyThatNeverComesDoesNot()
    {
        var slow = Delay.Between(Ms(100), Ms(200));
        var fast = Delay.Between(Ms(10), Ms(20));

        Assert.Same(fast, Delay.Earliest(slow, fast));
        Assert.Same(slow, Delay.Earliest(slow, Delay.Never));
        Assert.True(Delay.Earliest().IsNever);
        Assert.Same(slow, Delay.Latest(fast, slow, Delay.None));
        Assert.True(Delay.Latest(fast, Delay.Never).IsNever);
    }

    internal static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    internal static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);

    internal static BfdTimers Second(double seconds, int multiplier) => BfdTimers.Every(S(seconds), multiplier);
}
