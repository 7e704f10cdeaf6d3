namespace Farspan.LabRun;

/// <summary>Three percentiles of what was measured (nearest rank); null if nothing was.</summary>
public sealed record Spread(double? P50, double? P95, double? P99)
{
    /// <summary>In milliseconds, to a tenth.</summary>
    public static Spread OfMilliseconds(IEnumerable<TimeSpan> measured)
    {
        var sorted = measured.Select(each => each.TotalMilliseconds).Order().ToArray();
        return new Spread(At(sorted, 0.50), At(sorted, 0.95), At(sorted, 0.99));
    }

    private static double? At(double[] sorted, double share) => sorted.Length == 0
        ? null
        : Math.Round(sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)], 1);
}
