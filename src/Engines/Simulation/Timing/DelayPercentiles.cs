using Farspan.Kernel;

namespace Farspan.Simulation;

/// <summary>
/// How a delay is distributed, found by drawing: half, nine tenths and 99 of a hundred are no longer.
/// </summary>
public sealed record DelayPercentiles(TimeSpan Mean, TimeSpan P50, TimeSpan P90, TimeSpan P99)
{
    public const int DrawsDefault = 2_000;

    /// <summary>Draws so often, the same times for the same seed; null: it never ends.</summary>
    public static DelayPercentiles? Of(Delay delay, ulong seed, int draws = DrawsDefault)
    {
        if (delay.IsNever)
        {
            return null;
        }

        var random = new RandomSource(seed);
        var times = new TimeSpan[draws];
        var sum = TimeSpan.Zero;
        for (var i = 0; i < draws; i++)
        {
            times[i] = delay.Draw(random);
            sum += times[i];
        }

        Array.Sort(times);
        return new DelayPercentiles(sum / draws, At(times, 50), At(times, 90), At(times, 99));
    }

    private static TimeSpan At(TimeSpan[] sorted, int percent) =>
        sorted[Math.Min(sorted.Length - 1, sorted.Length * percent / 100)];
}
