using Farspan.Kernel;

namespace Farspan.ConnectEmulator;

/// <summary>
/// One WebSocket of an attendee, and the media that was negotiated over it; either may outlive the other.
/// </summary>
internal sealed class SignalingConnection
{
    public SignalingConnection(SocketId id, Attendee attendee, DeadlineQueue<object> agenda)
    {
        Id = id;
        Attendee = attendee;
        Timers = new ScheduledTimers<SignalingTimer>(this, agenda);
    }

    public SocketId Id { get; }

    public Attendee Attendee { get; }

    public ScheduledTimers<SignalingTimer> Timers { get; }

    public bool IsSocketOpen { get; set; } = true;

    public bool HasJoined { get; set; }

    /// <summary>An offer was handed to the media plane, which may hold resources for it.</summary>
    public bool HasOffered { get; set; }

    /// <summary>The offer was answered: the client is told about the roster.</summary>
    public bool IsSubscribed { get; set; }

    public bool HasMedia { get; set; }

    /// <summary>
    /// Whether the client's offer came deflated, so that the answer goes back the same way.
    /// </summary>
    public bool UsesCompressedSdp { get; set; }
}
