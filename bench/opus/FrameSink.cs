using Farspan.Kernel;
using Farspan.Media;

namespace Farspan.Bench;

/// <summary>Keeps what a session sends until it is taken; allocates nothing.</summary>
internal sealed class FrameSink : IDatagramSink
{
    private const int Capacity = 32;

    private readonly byte[][] _datagrams =
        [.. Enumerable.Range(0, Capacity).Select(_ => new byte[MediaLimits.DatagramBytes])];
    private readonly int[] _tags = new int[Capacity];
    private readonly int[] _lengths = new int[Capacity];

    public int Count { get; private set; }

    public int TagOf(int index) => _tags[index];

    /// <summary>The receiver may change it in place.</summary>
    public Span<byte> Datagram(int index) => _datagrams[index].AsSpan(0, _lengths[index]);

    public void Clear() => Count = 0;

    public Span<byte> Reserve() => _datagrams[Count];

    public void Commit(int socketTag, in TransportAddress to, int bytes)
    {
        _tags[Count] = socketTag;
        _lengths[Count++] = bytes;
        Invariant.Require(Count < Capacity);
    }

    public void Send(int socketTag, in TransportAddress to, ReadOnlySpan<byte> datagram)
    {
        datagram.CopyTo(Reserve());
        Commit(socketTag, to, datagram.Length);
    }
}
