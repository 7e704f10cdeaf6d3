namespace Farspan.Edges;

/// <summary>How an edge finds out what its connectors can take, and whether they are there.</summary>
public sealed record ProbeSettings
{
    /// <summary>Between OPTIONS to a connector.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the answer may take.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long it may take while all media of the connector is silent: then it is dead.</summary>
    public TimeSpan UrgentLimit { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Missing answers in a row after which a connector gets no new calls.</summary>
    public int SilentAfter { get; init; } = 2;

    /// <summary>
    /// Without a life sign for so long, and with all media silent, a connector that sends life signs is dead.
    /// </summary>
    public TimeSpan DetectionTime { get; init; } = TimeSpan.FromMilliseconds(400);
}
