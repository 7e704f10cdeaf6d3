using Farspan.Kernel;

namespace Farspan.Chime;

/// <summary>A seat in a meeting: all that a session, on whatever host, needs to take it.</summary>
public sealed record ChimeJoin
{
    /// <summary>The WebSocket's URL without its query.</summary>
    public required string SignalingUrl { get; init; }

    public required string AudioHostUrl { get; init; }

    public required string AttendeeId { get; init; }

    public required Redacted<string> JoinToken { get; init; }

    /// <summary>
    /// The audio session of an attendee who joined before and comes back; null for a first join, which
    /// draws one.
    /// </summary>
    public uint? AudioSessionId { get; init; }

    public ClientDetails ClientDetails { get; init; } = new()
    {
        PlatformName = "farspan",
        ClientSource = "farspan",
    };
}
