namespace Farspan.Media;

/// <summary>When a relay fills in for its inner side, and when it says that it is gone.</summary>
public sealed record RelaySettings
{
    /// <summary>Without a packet from inside for so long, the caller hears comfort audio.</summary>
    public TimeSpan ComfortAfter { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Without a packet from inside for so long, <see cref="MediaEvent.InnerSilent"/> comes.</summary>
    public TimeSpan SilentAfter { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>
    /// Whether a relay that did not run for <see cref="MediaLimits.StallMax"/> is silent until it is told that nobody
    /// has taken its call over: where other edges can.
    /// </summary>
    public bool HushesAfterStall { get; init; }
}
