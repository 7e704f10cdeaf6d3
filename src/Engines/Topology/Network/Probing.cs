namespace Farspan.Topology;

/// <summary>How one part asks another whether it lives.</summary>
/// <param name="Interval">Between two questions.</param>
/// <param name="Failures">In a row that count as death.</param>
/// <param name="Timeout">Of one question.</param>
public sealed record Probing(TimeSpan Interval, int Failures, TimeSpan Timeout)
{
    /// <summary>From death to its being noticed, at worst.</summary>
    public TimeSpan DetectionMax => (Interval * Failures) + Timeout;
}
