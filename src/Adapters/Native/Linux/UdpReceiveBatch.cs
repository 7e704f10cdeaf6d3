using Farspan.Kernel;

namespace Farspan.Native;

/// <summary>
/// Receives several datagrams of a socket with one system call (recvmmsg). One owner; allocates nothing.
/// </summary>
public sealed unsafe class UdpReceiveBatch(int capacity) : IDisposable
{
    private const int TruncatedFlag = 0x20;

    private readonly LinuxMessageBuffer _buffer = new(capacity);

    /// <summary>
    /// Receives that failed for another reason than that nothing was there, such as an ICMP error.
    /// </summary>
    public long Errors { get; private set; }

    /// <summary>
    /// Takes what is there, up to the capacity, and returns how many; what was received before is gone.
    /// </summary>
    public int Receive(UdpSocket socket)
    {
        for (var i = 0; i < _buffer.Capacity; i++)
        {
            _buffer.SetLength(i, LinuxMessageBuffer.DatagramBytes);
            _buffer.Messages[i].AddressBytes = LinuxSocketAddress.MaxBytes;
        }

        var received = LinuxLibrary.ReceiveMessages(
            socket.Descriptor, _buffer.Messages, (uint)_buffer.Capacity, flags: 0, timeout: null);
        if (received < 0 && UdpSocket.LastError() is not (LinuxError.TryAgain or LinuxError.Interrupted))
        {
            Errors++;
        }

        return Math.Max(received, 0);
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
}
