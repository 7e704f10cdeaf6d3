using System.Net;
using System.Net.Sockets;
using Farspan.Native;
using Farspan.Sip;

namespace Farspan.Network;

/// <summary>
/// SIP over UDP (RFC 3261 §18): one socket, and one thread that blocks in its receive call. A datagram from
/// a known peer costs no allocation.
/// </summary>
public sealed class UdpSipListener : IDisposable
{
    /// <summary>UDP may lose datagrams: a full send buffer is waited for no longer than this.</summary>
    private const int SendTimeoutMs = 1;

    private readonly Socket _socket;
    private readonly ISipReceiver _receiver;
    private readonly SipNetworkLimits _limits;
    private readonly IPEndPoint _bound;
    private readonly Thread _thread;
    private readonly Dictionary<SocketAddress, IPEndPoint> _peers = [];
    private long _droppedSends;
    private volatile bool _isStopping;

    /// <summary>Binds the socket; nothing is received before <see cref="Start"/>.</summary>
    /// <param name="bind">Address and port to listen on; port 0 takes any.</param>
    /// <param name="advertised">What peers should address, where it is not <paramref name="bind"/>; port 0
    /// means the port that is bound.</param>
    /// <param name="receiver">Who gets the datagrams.</param>
    /// <param name="limits">Sizes.</param>
    /// <exception cref="SocketException">The address cannot be bound.</exception>
    public UdpSipListener(
        IPEndPoint bind, IPEndPoint? advertised, ISipReceiver receiver, SipNetworkLimits limits)
    {
        _receiver = receiver;
        _limits = limits;
        _socket = new Socket(bind.AddressFamily, SocketType.Dgram, ProtocolType.Udp)
        {
            ReceiveBufferSize = limits.SocketBufferBytes,
            SendBufferSize = limits.SocketBufferBytes,
            SendTimeout = SendTimeoutMs,
        };
        _socket.Bind(bind);
        _bound = (IPEndPoint)_socket.LocalEndPoint!;
        Local = advertised is { Port: 0 }
            ? new IPEndPoint(advertised.Address, _bound.Port)
            : advertised ?? _bound;
        _thread = new Thread(ReceiveUntilStopped) { IsBackground = true, Name = $"sip-udp-{Local.Port}" };
    }

    /// <summary>What peers address.</summary>
    public IPEndPoint Local { get; }

    /// <summary>Datagrams that the kernel had no room for.</summary>
    public long DroppedSends => Interlocked.Read(ref _droppedSends);

    public void Start() => _thread.Start();

    /// <summary>Sends a datagram; a network that refuses it is reported as
    /// <see cref="SipFlowFailure.Broken"/>.</summary>
    public void Send(in SipFlow flow, ReadOnlyMemory<byte> message)
    {
        try
        {
            _socket.SendTo(message.Span, SocketFlags.None, flow.Remote);
        }
        catch (SocketException e) when (e.SocketErrorCode is
            SocketError.WouldBlock or SocketError.TimedOut or SocketError.NoBufferSpaceAvailable)
        {
            Interlocked.Increment(ref _droppedSends);
        }
        catch (SocketException)
        {
            _receiver.FlowFailed(flow, SipFlowFailure.Broken);
        }
        catch (ObjectDisposedException)
        {
            _receiver.FlowFailed(flow, SipFlowFailure.Closed);
        }
    }

    public void Dispose()
    {
        _isStopping = true;
        _socket.Dispose();
        if (_thread.IsAlive && Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }
    }

    private void ReceiveUntilStopped()
    {
        LinuxThread.TryGoFirst();
        var buffer = GC.AllocateUninitializedArray<byte>(_limits.DatagramBytesMax, pinned: true);
        var source = new SocketAddress(_socket.AddressFamily);
        while (!_isStopping)
        {
            if (TryReceive(buffer, source, out var size))
            {
                _receiver.Receive(SipFlow.Udp(Local, PeerOf(source)), buffer.AsSpan(0, size));
            }
        }
    }

    private bool TryReceive(byte[] buffer, SocketAddress source, out int size)
    {
        try
        {
            size = _socket.ReceiveFrom(buffer, SocketFlags.None, source);
            return true;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // An ICMP error of an earlier send, or the end: the loop's condition tells which.
            _isStopping |= e is ObjectDisposedException;
            size = 0;
            return false;
        }
    }

    private IPEndPoint PeerOf(SocketAddress source)
    {
        if (_peers.TryGetValue(source, out var known))
        {
            return known;
        }

        // Forged sources must not fill the memory; known peers come back within a message each.
        if (_peers.Count == _limits.KnownPeersMax)
        {
            _peers.Clear();
        }

        var key = new SocketAddress(source.Family, source.Size);
        source.Buffer.Span[..source.Size].CopyTo(key.Buffer.Span);
        var peer = (IPEndPoint)_bound.Create(source);
        _peers.Add(key, peer);
        return peer;
    }
}
