namespace Farspan.Media;

/// <summary>When a relay fills in for its inner side, and when it says that it is gone.</summary>
public sealed record RelaySettings
{
    /// <summary>Without a packet from inside for so long, the caller hears comfort audio.</summary>
    public TimeSpan ComfortAfter { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Without a packet from inside for so long, <see cref="MediaEvent.InnerSilent"/> comes.</summary>
    public TimeSpan SilentAfter { get; init; } = TimeSpan.FromMilliseconds(400);
}
