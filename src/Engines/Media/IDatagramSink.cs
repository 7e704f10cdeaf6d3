using Farspan.Kernel;

namespace Farspan.Media;

/// <summary>
/// Where a media session sends: its sockets and streams, by tag. Nothing throws and nothing waits; what
/// cannot be sent is dropped, as a network would.
/// </summary>
public interface IDatagramSink
{
    /// <summary>
    /// Room for one datagram, at least <see cref="MediaLimits.DatagramBytes"/> long, to be written in place.
    /// It counts once <see cref="Commit"/> says so and is valid until the next call.
    /// </summary>
    Span<byte> Reserve();

    /// <summary>Sends the first bytes of what <see cref="Reserve"/> gave.</summary>
    void Commit(int socketTag, in TransportAddress to, int bytes);

    /// <summary>Sends a copy.</summary>
    void Send(int socketTag, in TransportAddress to, ReadOnlySpan<byte> datagram);
}
