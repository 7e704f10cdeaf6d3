using Farspan.Kernel;
using Farspan.Media;
using Farspan.Native;

namespace Farspan.Runtime;

/// <summary>
/// Where a session sends: its sockets by tag, collected by the worker and sent together. Nothing throws; what
/// cannot be sent is dropped and counted.
/// </summary>
public sealed class MediaOutput : IDatagramSink
{
    private readonly UdpSendBatch _batch;
    private UdpSocket[] _sockets = [];

    internal MediaOutput(UdpSendBatch batch) => _batch = batch;

    /// <summary>
    /// Room for a datagram to be written in place; send it with <see cref="Commit"/>, or leave it.
    /// </summary>
    public Span<byte> Reserve() => _batch.Reserve();

    /// <summary>Sends the first bytes of what <see cref="Reserve"/> gave.</summary>
    public void Commit(int socketTag, in TransportAddress to, int bytes) =>
        _batch.Commit(_sockets[socketTag], to, bytes);

    /// <summary>Sends a copy.</summary>
    public void Send(int socketTag, in TransportAddress to, ReadOnlySpan<byte> datagram) =>
        _batch.Add(_sockets[socketTag], to, datagram);

    /// <summary>Whose tags are meant from now on.</summary>
    internal void Use(UdpSocket[] sockets) => _sockets = sockets;
}
