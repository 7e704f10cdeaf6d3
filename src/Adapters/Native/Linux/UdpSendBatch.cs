using Farspan.Kernel;

namespace Farspan.Native;

/// <summary>
/// Collects datagrams and sends neighbours of the same socket with one system call (sendmmsg, or sendto where
/// there is but one). Nothing throws
/// and nothing waits: what cannot be sent is dropped and counted, as a network would. One owner; allocates
/// nothing.
/// </summary>
public sealed unsafe class UdpSendBatch(int capacity) : IDisposable
{
    private readonly LinuxMessageBuffer _buffer = new(capacity);
    private readonly UdpSocket?[] _sockets = new UdpSocket?[capacity];
    private int _count;

    /// <summary>Datagrams that the kernel took.</summary>
    public long Sent { get; private set; }

    /// <summary>Datagrams dropped for whatever reason.</summary>
    public long Dropped => DroppedFull + DroppedUnreachable + DroppedOther;

    /// <summary>Datagrams dropped because the socket's buffer was full.</summary>
    public long DroppedFull { get; private set; }

    /// <summary>
    /// Datagrams dropped because of an ICMP error that came back earlier (port, host or network unreachable).
    /// </summary>
    public long DroppedUnreachable { get; private set; }

    /// <summary>Datagrams dropped for another reason, such as an address of the wrong family.</summary>
    public long DroppedOther { get; private set; }

    /// <summary>
    /// Gives room for the next datagram; it counts only once <see cref="Commit"/> says how long it is.
    /// </summary>
    public Span<byte> Reserve()
    {
        if (_count == _buffer.Capacity)
        {
            Flush();
        }

        return _buffer.Datagram(_count);
    }

    /// <summary>Adds the datagram that was written into what <see cref="Reserve"/> gave.</summary>
    public void Commit(UdpSocket socket, in TransportAddress to, int bytes)
    {
        Invariant.Require(bytes is >= 0 and <= LinuxMessageBuffer.DatagramBytes);
        var addressBytes = LinuxSocketAddress.Write(to, socket.Family, _buffer.Address(_count));
        if (addressBytes == 0)
        {
            DroppedOther++;
            return;
        }

        _buffer.SetLength(_count, bytes);
        _buffer.Messages[_count].AddressBytes = (uint)addressBytes;
        _sockets[_count] = socket;
        _count++;
    }

    /// <summary>Copies a datagram in; one too long for the buffer is dropped.</summary>
    public void Add(UdpSocket socket, in TransportAddress to, ReadOnlySpan<byte> datagram)
    {
        if (datagram.TryCopyTo(Reserve()))
        {
            Commit(socket, to, datagram.Length);
        }
        else
        {
            DroppedOther++;
        }
    }

    /// <summary>Sends everything collected.</summary>
    public void Flush()
    {
        var start = 0;
        while (start < _count)
        {
            var end = start + 1;
            while (end < _count && ReferenceEquals(_sockets[end], _sockets[start]))
            {
                end++;
            }

            Send(_sockets[start]!, start, end);
            start = end;
        }

        Array.Clear(_sockets, 0, _count);
        _count = 0;
    }

    public void Dispose() => _buffer.Dispose();

    private void Send(UdpSocket socket, int start, int end)
    {
        while (start < end)
        {
            var sent = end - start == 1
                ? SendOne(socket, start)
                : LinuxLibrary.SendMessages(
                    socket.Descriptor, _buffer.Messages + start, (uint)(end - start), flags: 0);
            if (sent > 0)
            {
                Sent += sent;
                start += sent;
            }
            else
            {
                start += Drop(UdpSocket.LastError(), end - start);
            }
        }
    }

    private int SendOne(UdpSocket socket, int index)
    {
        ref var message = ref _buffer.Messages[index];
        ref readonly var content = ref _buffer.Vector(index);
        return LinuxLibrary.SendTo(
            socket.Descriptor, content.Start, content.Bytes, flags: 0, message.Address, message.AddressBytes) < 0
            ? -1
            : 1;
    }

    // The kernel names the error of the first message only; the others may still go.
    private int Drop(LinuxError error, int remaining)
    {
        switch (error)
        {
            case LinuxError.Interrupted:
                return 0;

            case LinuxError.TryAgain or LinuxError.NoBuffers:
                DroppedFull += remaining;
                return remaining;

            case LinuxError.ConnectionRefused or LinuxError.HostUnreachable or LinuxError.NetworkUnreachable:
                DroppedUnreachable++;
                return 1;

            default:
                DroppedOther++;
                return 1;
        }
    }
}
