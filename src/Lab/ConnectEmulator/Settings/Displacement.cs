namespace Farspan.ConnectEmulator;

/// <summary>What the service does when one attendee joins a second time.</summary>
public enum Displacement
{
    /// <summary>The first connection gets AUDIO_STATUS 301 at the second one's JOIN.</summary>
    AtOnce,

    /// <summary>The same, some time later: both have media in between.</summary>
    Late,

    /// <summary>Both connections stay.</summary>
    None,

    /// <summary>The second one is closed.</summary>
    Refused,
}
