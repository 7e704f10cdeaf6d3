using Farspan.Kernel;

namespace Farspan.Native;

/// <summary>
/// Receives the datagrams of a socket with one system call: recvmmsg where they come in bursts, else recvfrom,
/// which is the faster one for a single datagram. One owner; allocates nothing.
/// </summary>
public sealed unsafe class UdpReceiveBatch(int capacity) : IDisposable
{
    private const int TruncatedFlag = 0x20;

    private readonly LinuxMessageBuffer _buffer = new(capacity);
    private int _used = capacity;

    /// <summary>
    /// Receives that failed for another reason than that nothing was there, such as an ICMP error.
    /// </summary>
    public long Errors { get; private set; }

    /// <summary>
    /// Takes what is there, up to the capacity, or the first of it, and returns how many; what was received
    /// before is gone.
    /// </summary>
    public int Receive(UdpSocket socket)
    {
        Reset();
        if (socket.Pace.IsBursty)
        {
            var count = ReceiveMany(socket);
            socket.Pace.CountBatch(count);
            return _used = count;
        }

        socket.Pace.CountSingle();
        return _used = ReceiveOne(socket);
    }

    /// <summary>
    /// The bytes of a datagram that was received; empty if it was longer than the buffer and thus cut.
    /// </summary>
    public Span<byte> Datagram(int index)
    {
        ref var message = ref _buffer.Messages[index];
        return (message.Flags & TruncatedFlag) != 0 ? [] : _buffer.Datagram(index)[..(int)message.Bytes];
    }

    /// <summary>Who sent it.</summary>
    public TransportAddress Sender(int index) => LinuxSocketAddress.Read(_buffer.Address(index));

    public void Dispose() => _buffer.Dispose();

    // The kernel wrote its lengths where it received something.
    private void Reset()
    {
        for (var i = 0; i < Math.Max(_used, 1); i++)
        {
            _buffer.SetLength(i, LinuxMessageBuffer.DatagramBytes);
            _buffer.Messages[i].AddressBytes = LinuxSocketAddress.MaxBytes;
        }
    }

    private int ReceiveMany(UdpSocket socket)
    {
        var received = LinuxLibrary.ReceiveMessages(
            socket.Descriptor, _buffer.Messages, (uint)_buffer.Capacity, flags: 0, timeout: null);
        return Counted(received);
    }

    private int ReceiveOne(UdpSocket socket)
    {
        ref var message = ref _buffer.Messages[0];
        ref readonly var room = ref _buffer.Vector(0);
        var bytes = LinuxLibrary.ReceiveFrom(
            socket.Descriptor, room.Start, room.Bytes, TruncatedFlag, message.Address, ref message.AddressBytes);

        // With the flag the length is that of the datagram, however much of it found room.
        message.Bytes = (uint)Math.Min(bytes, (nint)room.Bytes);
        message.Flags = bytes > (nint)room.Bytes ? TruncatedFlag : 0;
        return Counted(bytes < 0 ? -1 : 1);
    }

    private int Counted(int received)
    {
        if (received < 0 && UdpSocket.LastError() is not (LinuxError.TryAgain or LinuxError.Interrupted))
        {
            Errors++;
        }

        return Math.Max(received, 0);
    }
}
