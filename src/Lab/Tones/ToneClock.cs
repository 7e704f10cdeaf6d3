using System.Diagnostics;
using Farspan.Audio;
using Farspan.Kernel;
using Farspan.Runtime;

namespace Farspan.Tones;

/// <summary>
/// Relates the moments of a process's clock to the tone sequences of all processes of this machine; the
/// scheme is in <see cref="LabTones"/>. Immutable; any thread.
/// </summary>
public sealed class ToneClock
{
    /// <summary>
    /// What is later cannot be told from what is heard before it was sent, and is no measurement.
    /// </summary>
    public static readonly TimeSpan DelayMax = LabTones.Round * 0.75;

    // Recognition is exact to about 2 ms, at worst to 10: a sequence heard a little before it was sent was heard at once.
    private static readonly TimeSpan Inaccuracy = TimeSpan.FromMilliseconds(20);

    private readonly TimeSpan _origin;

    /// <param name="clock">The clock from which the moments to be asked for come.</param>
    public ToneClock(MonotonicClock clock)
        : this(OriginOf(clock))
    {
    }

    /// <summary>For virtual time.</summary>
    /// <param name="origin">What CLOCK_MONOTONIC shows at <see cref="Instant.Zero"/>.</param>
    public ToneClock(TimeSpan origin) => _origin = origin;

    /// <summary>Which sample of a <see cref="LabTones.Round"/> is due to be sent.</summary>
    public int SampleAt(Instant moment, int sampleRateHz) =>
        (int)(SinceBeginning(moment, LabTones.Round).Ticks * sampleRateHz / TimeSpan.TicksPerSecond);

    /// <summary>
    /// How much later a sequence was heard than it was sent, modulo a <see cref="LabTones.Round"/>: a call's
    /// two sequences tell the periods of a round apart. Null beyond <see cref="DelayMax"/>.
    /// </summary>
    /// <param name="recognized">The code of the sequence that was heard.</param>
    /// <param name="heardAt">When its beginning was.</param>
    public TimeSpan? DelayOf(int recognized, Instant heardAt)
    {
        var beginning = LabTones.IsTwin(recognized) ? ToneSequence.Period : TimeSpan.Zero;
        var delay = SinceBeginning(heardAt + LabTones.Round - beginning, LabTones.Round);
        return delay > LabTones.Round - Inaccuracy ? TimeSpan.Zero
            : delay > DelayMax ? null
            : delay;
    }

    private TimeSpan SinceBeginning(Instant moment, TimeSpan period) =>
        new((_origin + (moment - Instant.Zero)).Ticks % period.Ticks);

    // The process may lose its processor between two readings: the closest pair of several counts.
    private static TimeSpan OriginOf(MonotonicClock clock)
    {
        var (origin, closest) = (TimeSpan.Zero, TimeSpan.MaxValue);
        for (var i = 0; i < 8; i++)
        {
            var before = Stopwatch.GetElapsedTime(0);
            var now = clock.Now - Instant.Zero;
            var distance = Stopwatch.GetElapsedTime(0) - before;
            if (distance < closest)
            {
                (origin, closest) = (before + (distance / 2) - now, distance);
            }
        }

        return origin;
    }
}
