using System.Net;
using System.Net.Sockets;
using Farspan.Sip;

namespace Farspan.Network;

/// <summary>
/// SIP over TCP or, with <see cref="SipTlsSettings"/>, over TLS (RFC 3261 §18): accepts connections, makes
/// connections when something is sent to a peer without one, and uses each in both directions.
/// </summary>
public sealed class SipStreamListener : IDisposable
{
    private static readonly TimeSpan _acceptPause = TimeSpan.FromMilliseconds(100);

    private readonly Socket _socket;
    private readonly SipConnectionTable _connections;
    private readonly SipConnectionOwner _owner;
    private readonly CancellationTokenSource _stopping = new();
    private Timer? _sweep;

    /// <summary>Listens; nothing is accepted before <see cref="Start"/>.</summary>
    /// <param name="bind">Address and port to listen on; port 0 takes any.</param>
    /// <param name="advertised">What peers should address, where it is not <paramref name="bind"/>; port 0
    /// means the port that is bound.</param>
    /// <param name="tls">How connections are secured; null means plain TCP.</param>
    /// <param name="receiver">Who gets the messages.</param>
    /// <param name="limits">Sizes and times.</param>
    /// <exception cref="SocketException">The address cannot be bound.</exception>
    public SipStreamListener(
        IPEndPoint bind,
        IPEndPoint? advertised,
        SipTlsSettings? tls,
        ISipReceiver receiver,
        SipNetworkLimits limits)
    {
        _socket = new Socket(bind.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _socket.Bind(bind);
        _socket.Listen();
        var bound = (IPEndPoint)_socket.LocalEndPoint!;
        Local = advertised is { Port: 0 }
            ? new IPEndPoint(advertised.Address, bound.Port)
            : advertised ?? bound;
        Transport = tls is null ? SipTransport.Tcp : SipTransport.Tls;
        _connections = new SipConnectionTable(limits);
        _owner = new SipConnectionOwner(receiver, limits, tls, _connections);
    }

    public SipTransport Transport { get; }

    /// <summary>What peers address.</summary>
    public IPEndPoint Local { get; }

    public int ConnectionCount => _connections.Count;

    public void Start()
    {
        _sweep = new Timer(_ => Sweep(), null, _owner.Limits.SweepInterval, _owner.Limits.SweepInterval);
        _ = AcceptUntilStoppedAsync();
    }

    /// <summary>
    /// Queues a message and returns; a failure comes to <see cref="ISipReceiver.FlowFailed"/>. A flow
    /// without a connection id uses a connection to its peer if there is one, and opens one otherwise.
    /// </summary>
    public void Send(in SipFlow flow, ReadOnlyMemory<byte> message)
    {
        var connection = flow.ConnectionId == 0 ? FindOrConnect(flow) : _connections.Find(flow.ConnectionId);
        if (connection is null)
        {
            _owner.Receiver.FlowFailed(flow, SipFlowFailure.Unavailable);
        }
        else
        {
            connection.Send(message);
        }
    }

    /// <summary>Closes a connection, such as that of a peer whose messages make no sense.</summary>
    public void Close(in SipFlow flow) => _connections.Find(flow.ConnectionId)?.Close(SipFlowFailure.Closed);

    public void Dispose()
    {
        _stopping.Cancel();
        _sweep?.Dispose();
        _socket.Dispose();
        foreach (var connection in _connections.Snapshot())
        {
            connection.Close(SipFlowFailure.Closed);
        }
    }

    private async Task AcceptUntilStoppedAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                Accept(await _socket.AcceptAsync(_stopping.Token).ConfigureAwait(false));
            }
            catch (SocketException) when (!_stopping.IsCancellationRequested)
            {
                // The peer gave up, or we are out of descriptors: either way not in a tight loop.
                await Task.Delay(_acceptPause).ConfigureAwait(false);
            }
            catch (Exception e) when (
                e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                return;
            }
        }
    }

    private void Accept(Socket socket)
    {
        if (socket.RemoteEndPoint is not IPEndPoint remote || !_owner.Receiver.Admits(Transport, remote))
        {
            Refuse(socket);
            return;
        }

        var connection = new SipConnection(_owner, socket, NewFlow(remote), isOutward: false);
        if (_connections.TryAdd(connection))
        {
            _ = connection.RunAsync();
        }
        else
        {
            Refuse(socket);
        }
    }

    private SipConnection? FindOrConnect(in SipFlow flow)
    {
        if (_connections.Find(flow.Remote) is { } existing)
        {
            return existing;
        }

        var socket = new Socket(flow.Remote.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        var connection = new SipConnection(_owner, socket, NewFlow(flow.Remote), isOutward: true);
        if (!_connections.TryAdd(connection))
        {
            socket.Dispose();

            // Another thread was quicker, or the table is full.
            return _connections.Find(flow.Remote);
        }

        _ = connection.RunAsync();
        return connection;
    }

    private SipFlow NewFlow(IPEndPoint remote) => new(Transport, Local, remote, _connections.NextId());

    private void Sweep()
    {
        var nowMs = Environment.TickCount64;
        foreach (var connection in _connections.Snapshot())
        {
            connection.CheckTimes(nowMs);
        }
    }

    /// <summary>Resets instead of closing: no state of ours outlives a stranger's connection.</summary>
    private static void Refuse(Socket socket)
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
    }
}
