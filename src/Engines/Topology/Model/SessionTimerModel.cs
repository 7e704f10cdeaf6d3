namespace Farspan.Topology;

/// <summary>How often a call proves that it still lives (RFC 4028).</summary>
/// <param name="Interval">The Session-Expires that we ask for.</param>
/// <param name="IntervalMin">The Min-SE that we accept.</param>
public sealed record SessionTimerModel(TimeSpan Interval, TimeSpan IntervalMin);
