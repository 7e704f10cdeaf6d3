using Farspan.Native;

namespace Farspan.Runtime;

/// <summary>A session as its worker keeps it.</summary>
internal sealed class MediaSlot(IMediaSession session, UdpSocket[] sockets)
{
    public IMediaSession Session { get; } = session;

    /// <summary>The session's sockets by tag; the worker's to close.</summary>
    public UdpSocket[] Sockets { get; } = sockets;

    /// <summary>Places in the worker's table of sockets, by tag.</summary>
    public int[] Registrations { get; } = new int[sockets.Length];

    public int Phase { get; set; }
}
