using System.Diagnostics;
using Farspan.Kernel;

namespace Farspan.Runtime;

/// <summary>
/// The clock of a process, from which every <see cref="Instant"/> comes: CLOCK_MONOTONIC, counted from when
/// the clock was made. One instance serves a whole process; instants of two are not comparable.
/// </summary>
public sealed class MonotonicClock
{
    private readonly long _origin = Stopwatch.GetTimestamp();

    public Instant Now => Instant.Zero + Stopwatch.GetElapsedTime(_origin);
}
