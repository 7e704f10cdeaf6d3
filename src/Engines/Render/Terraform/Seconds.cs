namespace Farspan.Render;

/// <summary>Durations as the clouds take them and people read them.</summary>
internal static class Seconds
{
    public static long Of(TimeSpan duration) => (long)Math.Ceiling(duration.TotalSeconds);

    /// <summary>Such as <c>2.5 s</c>.</summary>
    public static string Text(TimeSpan duration) => duration < TimeSpan.FromMinutes(2)
        ? $"{duration.TotalSeconds:0.##} s"
        : $"{duration.TotalMinutes:0.##} min";
}
