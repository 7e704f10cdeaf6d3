using Farspan.Kernel;
using Farspan.Stun;

namespace Farspan.Media;

/// <summary>One TURN server that is asked for a relay address.</summary>
internal sealed class RelayAttempt(int pathId, TurnUri uri)
{
    public int PathId { get; } = pathId;

    public TurnUri Uri { get; } = uri;

    public bool IsStream => Uri.Transport == TurnTransport.Tcp;

    /// <summary>
    /// Of the stream, or of the transport's socket; meaningful once there is a <see cref="Session"/>.
    /// </summary>
    public int SocketTag { get; private set; }

    /// <summary>The server; none before there is a <see cref="Session"/>.</summary>
    public TransportAddress Server { get; private set; }

    /// <summary>Null until the server's address is known and, for a stream, connected.</summary>
    public TurnClientSession? Session { get; private set; }

    public bool IsAllocated { get; set; }

    public bool IsOver { get; set; }

    public void Open(int socketTag, TransportAddress server, TurnClientSession session)
    {
        SocketTag = socketTag;
        Server = server;
        Session = session;
    }

    /// <summary>
    /// Sends a packet that lies at <c>room[4..]</c>, with what the sink reserved as the room: through the
    /// channel in place, or as an indication as long as the channel is not bound. Allocates nothing.
    /// </summary>
    public bool TryForward(TransportAddress peer, Span<byte> room, int bytes, IDatagramSink sink)
    {
        if (Session is not { State: TurnState.Allocated } session)
        {
            return false;
        }

        int length;
        if (session.TryGetChannel(peer, out var channel))
        {
            if (!TurnChannelData.TryFrame(channel, bytes, IsStream, room, out length))
            {
                return false;
            }
        }
        else
        {
            Span<byte> payload = stackalloc byte[MediaLimits.DatagramBytes];
            room.Slice(TurnChannelData.HeaderBytes, bytes).CopyTo(payload);
            if (!session.TryWrap(peer, payload[..bytes], room, out length))
            {
                return false;
            }
        }

        sink.Commit(SocketTag, Server, length);
        return true;
    }
}
