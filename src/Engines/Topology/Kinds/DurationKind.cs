using System.Globalization;

namespace Farspan.Topology;

/// <summary>
/// Durations: a number and its unit, such as <c>150ms</c>, <c>20s</c>, <c>1.5m</c>, <c>1h</c>.
/// </summary>
internal static class DurationKind
{
    // Longer units first: "ms" also ends in "s".
    private static readonly (string Name, TimeSpan Length)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)),
        ("h", TimeSpan.FromHours(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("s", TimeSpan.FromSeconds(1)),
    ];

    public static ScalarKind<TimeSpan> Between(TimeSpan min, TimeSpan max)
    {
        var label = $"a duration from {Write(min)} to {Write(max)}";
        return new ScalarKind<TimeSpan>(
            label,
            Write(min),
            text => !TryParse(text, out var duration) ? Parsed<TimeSpan>.Bad("is not a number and its unit")
                : duration < min || duration > max ? Parsed<TimeSpan>.Bad($"is not {label}")
                : duration,
            Write);
    }

    public static string Write(TimeSpan duration)
    {
        var (name, length) =
            Units.OrderByDescending(unit => unit.Length).First(unit => Measures(unit.Length));
        return string.Create(CultureInfo.InvariantCulture, $"{duration / length}{name}");

        bool Measures(TimeSpan unit) =>
            unit == TimeSpan.FromMilliseconds(1) || (duration >= unit && duration.Ticks % unit.Ticks == 0);
    }

    private static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        foreach (var (name, length) in Units)
        {
            if (text.EndsWith(name, StringComparison.Ordinal))
            {
                return TryScale(text.AsSpan(0, text.Length - name.Length), length, out duration);
            }
        }

        return false;
    }

    private static bool TryScale(ReadOnlySpan<char> number, TimeSpan unit, out TimeSpan duration)
    {
        duration = default;
        const NumberStyles Style = NumberStyles.AllowDecimalPoint;
        if (!decimal.TryParse(number, Style, CultureInfo.InvariantCulture, out var count)
            || count > TimeSpan.MaxValue.Ticks / unit.Ticks)
        {
            return false;
        }

        duration = TimeSpan.FromTicks((long)(count * unit.Ticks));
        return true;
    }
}
