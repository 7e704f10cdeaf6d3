namespace Farspan.Chime;

/// <summary>What happened to an attendee.</summary>
public enum RosterChange
{
    Joined,
    Left,

    /// <summary>Gone without leaving.</summary>
    Dropped,
    Muted,
    Unmuted,
}

/// <summary>An attendee of the meeting, ourselves included.</summary>
/// <param name="StreamId">The number of the attendee's audio stream in this join.</param>
/// <param name="AttendeeId">The same as in the join data.</param>
/// <param name="ExternalUserId">The name that the meeting's creator gave; empty if the service does not
/// say.</param>
/// <param name="IsMuted">Whether the attendee muted itself.</param>
public sealed record RosterEntry(uint StreamId, string AttendeeId, string ExternalUserId, bool IsMuted)
{
    /// <summary>Amazon Connect names its agents so.</summary>
    public bool IsAgent => ExternalUserId.EndsWith("agent", StringComparison.Ordinal);
}
