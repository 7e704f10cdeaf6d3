namespace Farspan.Cluster;

/// <summary>
/// A clock whose readings order changes by cause and stay near the wall clock: each is later than everything
/// this node has said or seen (Kulkarni et al., "Logical Physical Clocks", 2014, §3).
/// </summary>
/// <remarks>
/// The wall clock is handed in. A timestamp more than <c>driftMax</c> ahead of it is not taken over, or one
/// wrong clock would win every conflict from then on; and none is given out that others would refuse for the
/// same reason.
/// </remarks>
public sealed class HybridClock(TimeSpan driftMax)
{
    /// <summary>The latest timestamp that was given out, seen or restored.</summary>
    public HybridTimestamp Last { get; private set; }

    /// <summary>Reads the clock for something that happens here and now.</summary>
    /// <param name="wall">The node's wall clock.</param>
    /// <param name="now">Later than everything before it.</param>
    /// <returns>
    /// False if the wall clock has fallen more than the drift behind what was said before
    /// (<see cref="LogFaultKind.OwnClockBehind"/>).
    /// </returns>
    public bool TryTick(DateTimeOffset wall, out HybridTimestamp now)
    {
        var atWall = HybridTimestamp.At(wall);
        now = atWall > Last ? atWall : Last.Next;
        if (now.AheadOf(wall) > driftMax)
        {
            return false;
        }

        Last = now;
        return true;
    }

    /// <summary>Whether a timestamp from elsewhere may be taken over; false if it is too far ahead
    /// (<see cref="LogFaultKind.TimestampAhead"/>).</summary>
    public bool Accepts(HybridTimestamp seen, DateTimeOffset wall) => seen.AheadOf(wall) <= driftMax;

    /// <summary>
    /// Takes note of a timestamp that was accepted, now or before, whatever the wall clock says today.
    /// </summary>
    public void Restore(HybridTimestamp seen)
    {
        if (seen > Last)
        {
            Last = seen;
        }
    }
}
