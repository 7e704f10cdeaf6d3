namespace Farspan.Cluster;

/// <summary>How nodes notice that one of them is dead, or that they were themselves (decision 0015).</summary>
public sealed record LivenessTimings
{
    /// <summary>Between two life signs to one peer.</summary>
    public TimeSpan SignInterval { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Life signs and all media silent for so long: dead. Longer than eight signs, so that a loss of 2 % is no death.
    /// </summary>
    public TimeSpan SilenceMax { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>A longer gap in our own time: others may have taken over what we hold.</summary>
    public TimeSpan GapMax { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>Between two turns of our own loop; what is beyond it is not held against the peers.</summary>
    public TimeSpan TurnMax { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long one that was dead must live before it counts as back; doubles with each death.</summary>
    public TimeSpan ReturnFirst { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan ReturnMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>So long alive, and earlier deaths are forgotten.</summary>
    public TimeSpan ForgiveAfter { get; init; } = TimeSpan.FromMinutes(5);
}
