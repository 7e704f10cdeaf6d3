using Farspan.Kernel;

namespace Farspan.Media.Tests;

/// <summary>A sink whose sockets are addresses of a <see cref="MediaNetwork"/>.</summary>
internal sealed class NetworkSink(MediaNetwork network) : IDatagramSink
{
    private readonly byte[] _room = new byte[MediaLimits.DatagramBytes];
    private readonly Dictionary<int, TransportAddress> _sockets = [];

    /// <summary>Swallows everything and allocates nothing, for measurements.</summary>
    public bool IsBlackHole { get; set; }

    public void Bind(int socketTag, TransportAddress address) => _sockets[socketTag] = address;

    public Span<byte> Reserve() => _room;

    public void Commit(int socketTag, in TransportAddress to, int bytes) =>
        Send(socketTag, to, _room.AsSpan(0, bytes));

    public void Send(int socketTag, in TransportAddress to, ReadOnlySpan<byte> datagram)
    {
        if (!IsBlackHole)
        {
            network.Send(_sockets[socketTag], to, datagram);
        }
    }
}
