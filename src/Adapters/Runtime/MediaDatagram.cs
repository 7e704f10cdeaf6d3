using Farspan.Kernel;

namespace Farspan.Runtime;

/// <summary>
/// A datagram that a session's socket received; it lives only as long as the call that hands it over.
/// </summary>
/// <param name="socketTag">Which of the session's sockets: its place in the list given to
/// <see cref="MediaWorker.TryAdd"/>.</param>
/// <param name="from">Who sent it.</param>
/// <param name="bytes">What was sent; the session may decrypt in place.</param>
public readonly ref struct MediaDatagram(int socketTag, TransportAddress from, Span<byte> bytes)
{
    public int SocketTag { get; } = socketTag;

    public TransportAddress From { get; } = from;

    public Span<byte> Bytes { get; } = bytes;
}
