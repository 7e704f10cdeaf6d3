using System.Globalization;

namespace Farspan.Cluster;

/// <summary>
/// A moment of a hybrid logical clock: wall-clock milliseconds and, below them, a counter that orders what
/// happened in the same one (Kulkarni et al., "Logical Physical Clocks", 2014, §3).
/// </summary>
/// <param name="Packed">48 bits of milliseconds since 1970, then 16 bits of counter. Never negative in a
/// change that was checked.</param>
public readonly record struct HybridTimestamp(long Packed) : IComparable<HybridTimestamp>
{
    /// <summary>Bits below the milliseconds.</summary>
    public const int CounterBits = 16;

    public static HybridTimestamp Zero => default;

    /// <summary>Since 1970.</summary>
    public long Milliseconds => Packed >> CounterBits;

    public int Counter => (int)(Packed & ((1 << CounterBits) - 1));

    /// <summary>The next one; a full counter carries into the milliseconds.</summary>
    public HybridTimestamp Next => new(Packed + 1);

    public static bool operator <(HybridTimestamp left, HybridTimestamp right) => left.Packed < right.Packed;

    public static bool operator >(HybridTimestamp left, HybridTimestamp right) => left.Packed > right.Packed;

    public static bool operator <=(HybridTimestamp left, HybridTimestamp right) =>
        left.Packed <= right.Packed;

    public static bool operator >=(HybridTimestamp left, HybridTimestamp right) =>
        left.Packed >= right.Packed;

    /// <summary>The first one of a moment; moments before 1970 count as 1970.</summary>
    public static HybridTimestamp At(DateTimeOffset wall) =>
        new(Math.Max(0, wall.ToUnixTimeMilliseconds()) << CounterBits);

    /// <summary>How far ahead of a wall clock it is; negative if behind.</summary>
    public TimeSpan AheadOf(DateTimeOffset wall) =>
        TimeSpan.FromMilliseconds(Milliseconds - wall.ToUnixTimeMilliseconds());

    public int CompareTo(HybridTimestamp other) => Packed.CompareTo(other.Packed);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Milliseconds}.{Counter}");
}
