namespace Farspan.Simulation;

/// <summary>A route's merits as one number, the better the smaller: rank, AS path, origin, metric.</summary>
internal static class RouteKey
{
    private const int RankShift = 56;
    private const int LengthShift = 44;
    private const int OriginShift = 40;
    private const int LengthMax = (1 << 12) - 1;

    public static ulong Of(RouteRank rank) => (ulong)rank << RankShift;

    public static ulong Of(
        RouteRank rank, int pathLength, RouteOrigin origin, int metric, RouteComparison compares)
    {
        var key = Of(rank);
        if (compares.HasFlag(RouteComparison.AsPathLength))
        {
            key |= (ulong)Math.Min(pathLength, LengthMax) << LengthShift;
        }

        if (compares.HasFlag(RouteComparison.Origin))
        {
            key |= (ulong)origin << OriginShift;
        }

        return compares.HasFlag(RouteComparison.Metric) ? key | (uint)metric : key;
    }
}
