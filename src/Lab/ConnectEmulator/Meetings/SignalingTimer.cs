namespace Farspan.ConnectEmulator;

/// <summary>The timers of one signalling connection.</summary>
internal enum SignalingTimer
{
    /// <summary>Tell a displaced connection: <see cref="SignalingBehavior.DisplacementDelay"/>.</summary>
    Displace,

    /// <summary>
    /// Close after the meeting's end: <see cref="SignalingBehavior.ClosesAfterMeetingEnd"/>.
    /// </summary>
    Close,
}
