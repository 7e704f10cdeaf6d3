using Farspan.Native;

namespace Farspan.Runtime;

/// <summary>A session as its worker keeps it.</summary>
internal sealed class MediaSlot(IMediaSession session, UdpSocket[] sockets)
{
    private int[] _registrations = new int[sockets.Length];

    public IMediaSession Session { get; } = session;

    /// <summary>The session's sockets by tag; the worker's to close.</summary>
    public UdpSocket[] Sockets { get; private set; } = sockets;

    /// <summary>Places in the worker's table of sockets, by tag.</summary>
    public int[] Registrations => _registrations;

    public int Phase { get; set; }

    /// <summary>Adds a socket under the next tag.</summary>
    public void Grow(UdpSocket socket)
    {
        Sockets = [.. Sockets, socket];
        Array.Resize(ref _registrations, Sockets.Length);
    }
}
