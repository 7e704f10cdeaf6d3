using System.Globalization;

namespace Farspan.Cli;

/// <summary>A duration as people write it: a number and its unit.</summary>
internal static class LabDuration
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>
    /// Reads such as <c>500ms</c>, <c>20s</c>, <c>1.5m</c>, <c>2h</c>; a bare number counts seconds.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        duration = default;
        var end = text.LastIndexOfAnyInRange('0', '9') + 1;
        if (!double.TryParse(
                text[..end], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            || UnitOf(text[end..]) is not { } unit
            || count * unit.TotalSeconds > Longest.TotalSeconds)
        {
            return false;
        }

        duration = count * unit;
        return duration > TimeSpan.Zero;
    }

    private static TimeSpan? UnitOf(ReadOnlySpan<char> unit) => unit switch
    {
        "ms" => TimeSpan.FromMilliseconds(1),
        "" or "s" => TimeSpan.FromSeconds(1),
        "m" => TimeSpan.FromMinutes(1),
        "h" => TimeSpan.FromHours(1),
        _ => null,
    };
}
