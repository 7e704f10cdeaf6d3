namespace Farspan.Rtp;

/// <summary>
/// Finds out how much time a sender's packets span: two equal steps in a row tell, a single one may be
/// silence.
/// </summary>
internal sealed class PacketTimeEstimator(int clockRateHz, TimeSpan initial)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(120);

    private readonly long _shortestUnits = Shortest.Ticks * clockRateHz / TimeSpan.TicksPerSecond;
    private readonly long _longestUnits = Longest.Ticks * clockRateHz / TimeSpan.TicksPerSecond;
    private long _candidate;

    /// <summary>In units of the media clock.</summary>
    public long Units { get; private set; } = initial.Ticks * clockRateHz / TimeSpan.TicksPerSecond;

    /// <summary>
    /// Takes the steps from the packet with the highest sequence number so far to this one.
    /// </summary>
    public void Observe(long sequenceStep, long timestampStep)
    {
        if (sequenceStep == 1 && timestampStep >= _shortestUnits && timestampStep <= _longestUnits)
        {
            Units = timestampStep == _candidate ? timestampStep : Units;
            _candidate = timestampStep;
        }
    }
}
