using Farspan.Media;
using Farspan.Native;

namespace Farspan.Runtime;

/// <summary>
/// What reaches a bridge session from outside its worker, beside the commands of the signalling plane.
/// </summary>
internal abstract record BridgeMessage
{
    private BridgeMessage()
    {
    }

    /// <summary>There is a socket for the next transport, which is to be attached.</summary>
    public sealed record SocketOpened(TurnServers? Servers, UdpSocket Socket) : BridgeMessage, IDisposable
    {
        public void Dispose() => Socket.Dispose();
    }

    /// <summary>The socket is attached: gather on it.</summary>
    public sealed record GatherOn(TurnServers? Servers, ContactSocket Socket) : BridgeMessage;

    /// <summary>A TURN server is reachable; by a connection, if there is one.</summary>
    public sealed record PathFound(TurnPath Path, TurnStream? Stream) : BridgeMessage, IDisposable
    {
        public void Dispose() => Stream?.Finish();
    }

    /// <summary>A TURN server cannot be reached, or no longer.</summary>
    public sealed record PathFailed(int PathId, string Reason) : BridgeMessage;
}
