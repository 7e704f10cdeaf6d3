using Farspan.Kernel;
using Farspan.Media;

namespace Farspan.Runtime;

/// <summary>
/// Where a bridge session sends: the worker's sockets, and the connections to its TURN servers.
/// </summary>
internal sealed class BridgeOutput : IDatagramSink
{
    private readonly List<TurnStream> _streams = [];
    private MediaOutput? _sockets;

    public IReadOnlyList<TurnStream> Streams => _streams;

    /// <summary>
    /// Which sockets are meant from now on: the worker's output changes owner with every call.
    /// </summary>
    public BridgeOutput Use(MediaOutput sockets)
    {
        _sockets = sockets;
        return this;
    }

    public void Add(TurnStream stream) => _streams.Add(stream);

    public bool TryRemove(int socketTag, out TurnStream stream)
    {
        stream = Find(socketTag)!;
        return stream is not null && _streams.Remove(stream);
    }

    public Span<byte> Reserve() => _sockets!.Reserve();

    public void Commit(int socketTag, in TransportAddress to, int bytes)
    {
        if (socketTag < MediaSocketTags.FirstStream)
        {
            _sockets!.Commit(socketTag, to, bytes);
        }
        else
        {
            Find(socketTag)?.Send(_sockets!.Reserve()[..bytes]);
        }
    }

    public void Send(int socketTag, in TransportAddress to, ReadOnlySpan<byte> datagram)
    {
        if (socketTag < MediaSocketTags.FirstStream)
        {
            _sockets!.Send(socketTag, to, datagram);
        }
        else
        {
            Find(socketTag)?.Send(datagram);
        }
    }

    private TurnStream? Find(int socketTag)
    {
        foreach (var stream in _streams)
        {
            if (stream.SocketTag == socketTag)
            {
                return stream;
            }
        }

        return null;
    }
}
