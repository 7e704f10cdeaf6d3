namespace Farspan.ConnectEmulator;

/// <summary>Whether an attendee is there.</summary>
public enum AttendeePresence
{
    /// <summary>Has had no media yet.</summary>
    Expected,

    /// <summary>Has media on at least one connection.</summary>
    Connected,

    /// <summary>Had media and has none now, without having left.</summary>
    Lost,

    /// <summary>Sent LEAVE, or was removed.</summary>
    Left,
}
