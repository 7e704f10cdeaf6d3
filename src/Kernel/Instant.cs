namespace Farspan.Kernel;

/// <summary>
/// A moment on the monotonic clock of one process, not anchored to any calendar: what protocols
/// and engines are told when something happens to them. Resolution: 100 ns.
/// </summary>
/// <remarks>Comparable only with moments of the same clock. Wall-clock time is <see cref="DateTimeOffset"/>
/// and the two never mix.</remarks>
public readonly record struct Instant(long Ticks) : IComparable<Instant>
{
    /// <summary>The beginning of a clock; virtual-time tests start here.</summary>
    public static Instant Zero => default;

    /// <summary>Later than every moment a clock can show.</summary>
    public static Instant Never => new(long.MaxValue);

    /// <summary>Whole milliseconds since <see cref="Zero"/>.</summary>
    public long Milliseconds => Ticks / TimeSpan.TicksPerMillisecond;

    /// <summary>Whole microseconds since <see cref="Zero"/>.</summary>
    public long Microseconds => Ticks / TimeSpan.TicksPerMicrosecond;

    public static Instant FromMilliseconds(long milliseconds) =>
        new(milliseconds * TimeSpan.TicksPerMillisecond);

    public static Instant operator +(Instant moment, TimeSpan duration) => new(moment.Ticks + duration.Ticks);

    public static Instant operator -(Instant moment, TimeSpan duration) => new(moment.Ticks - duration.Ticks);

    public static TimeSpan operator -(Instant later, Instant earlier) => new(later.Ticks - earlier.Ticks);

    public static bool operator <(Instant left, Instant right) => left.Ticks < right.Ticks;

    public static bool operator >(Instant left, Instant right) => left.Ticks > right.Ticks;

    public static bool operator <=(Instant left, Instant right) => left.Ticks <= right.Ticks;

    public static bool operator >=(Instant left, Instant right) => left.Ticks >= right.Ticks;

    public static Instant Min(Instant left, Instant right) => left <= right ? left : right;

    /// <summary>The earlier of two deadlines, where null is "none".</summary>
    public static Instant? Earlier(Instant? left, Instant? right) =>
        (left, right) switch
        {
            (null, _) => right,
            (_, null) => left,
            _ => Min(left.Value, right.Value),
        };

    public int CompareTo(Instant other) => Ticks.CompareTo(other.Ticks);

    public override string ToString() => $"+{Ticks / (double)TimeSpan.TicksPerSecond:F3}s";
}
