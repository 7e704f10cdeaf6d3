namespace Farspan.Edges;

/// <summary>How calls are shared out among connectors.</summary>
public sealed record DistributionSettings
{
    /// <summary>The region whose connectors come first; null: all regions are equal.</summary>
    public string? PreferredRegion { get; init; }

    /// <summary>Failures in a row after which a connector gets no calls for a while.</summary>
    public int EjectAfter { get; init; } = 3;

    /// <summary>How long the first time; doubled each further time.</summary>
    public TimeSpan EjectionFirst { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan EjectionMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a connector that comes back takes to get its full share.</summary>
    public TimeSpan Ramp { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What part of its share it gets at once.</summary>
    public double RampFrom { get; init; } = 0.1;
}
