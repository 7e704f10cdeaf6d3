using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Farspan.Sip;

namespace Farspan.Network;

/// <summary>One TCP or TLS connection: opens, reads messages until it ends, and writes what is
/// queued.</summary>
internal sealed class SipConnection
{
    /// <summary>The answer to a keep-alive (RFC 5626 §4.4.1).</summary>
    private static readonly byte[] _pong = [(byte)'\r', (byte)'\n'];

    private readonly Lock _ending = new();
    private readonly SipConnectionOwner _owner;
    private readonly Socket _socket;
    private readonly bool _isOutward;
    private readonly SipSendQueue _queue;
    private readonly SipConnectionReader _reader;
    private readonly long _startedMs = Environment.TickCount64;
    private long _activeMs = Environment.TickCount64;
    private volatile Stream? _stream;
    private volatile bool _isHandshaking;
    private volatile bool _isClosed;

    public SipConnection(SipConnectionOwner owner, Socket socket, SipFlow flow, bool isOutward)
    {
        _owner = owner;
        _socket = socket;
        _isOutward = isOutward;
        _queue = new SipSendQueue(owner.Limits.SendQueueBytesMax);
        _reader = new SipConnectionReader(flow, isOutward, owner.Receiver, Pong);
        Flow = flow;
    }

    public SipFlow Flow { get; }

    /// <summary>Opens the connection and reads until it ends; the one task of a connection.</summary>
    public async Task RunAsync() =>
        Close(await OpenAsync().ConfigureAwait(false) ?? await ReadAsync().ConfigureAwait(false));

    public void Send(ReadOnlyMemory<byte> message)
    {
        if (_isClosed)
        {
            _owner.Receiver.FlowFailed(Flow, SipFlowFailure.Unavailable);
        }
        else if (!_queue.TryAdd(message, out var becomesWriter))
        {
            Close(SipFlowFailure.SendQueueFull);
        }
        else if (becomesWriter)
        {
            _ = WriteQueuedAsync();
        }
    }

    /// <summary>Closes what takes too long to open, to send one message, or to say anything at all.</summary>
    public void CheckTimes(long nowMs)
    {
        var limits = _owner.Limits;
        if (_stream is null)
        {
            if (nowMs - _startedMs > limits.ConnectTimeout.TotalMilliseconds)
            {
                Close(_isHandshaking ? SipFlowFailure.HandshakeFailed : SipFlowFailure.ConnectFailed);
            }
        }
        else if (_reader.PartialSinceMs is { } since
            && nowMs - since > limits.MessageTimeout.TotalMilliseconds)
        {
            Close(SipFlowFailure.Malformed);
        }
        else if (nowMs - Volatile.Read(ref _activeMs) > limits.IdleTimeout.TotalMilliseconds)
        {
            Close(SipFlowFailure.Idle);
        }
    }

    /// <summary>Ends the connection; the first reason is the one that is reported.</summary>
    public void Close(SipFlowFailure failure)
    {
        lock (_ending)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
        }

        _owner.Connections.Remove(this);
        _socket.Dispose();
        _stream?.Dispose();
        _owner.Receiver.FlowFailed(Flow, failure);
    }

    private static bool IsOfTheWorld(Exception e) =>
        e is IOException or SocketException or ObjectDisposedException or AuthenticationException;

    /// <summary>Connects and shakes hands; null when the connection is ready.</summary>
    private async Task<SipFlowFailure?> OpenAsync()
    {
        try
        {
            if (_isOutward)
            {
                await _socket.ConnectAsync(Flow.Remote).ConfigureAwait(false);
            }

            _socket.NoDelay = true;
            Stream stream = new NetworkStream(_socket, ownsSocket: false);
            X509Certificate2? peerCertificate = null;
            if (_owner.Tls is { } tls)
            {
                _isHandshaking = true;
                var secured = await SecureAsync(stream, tls).ConfigureAwait(false);
                peerCertificate = secured.RemoteCertificate as X509Certificate2;
                stream = secured;
            }

            return TryBecomeReady(stream, peerCertificate) ? null : SipFlowFailure.Closed;
        }
        catch (Exception e) when (IsOfTheWorld(e))
        {
            return _isHandshaking ? SipFlowFailure.HandshakeFailed : SipFlowFailure.ConnectFailed;
        }
    }

    /// <summary>Tells the receiver, unless the connection was closed meanwhile: opened never comes after
    /// failed.</summary>
    private bool TryBecomeReady(Stream stream, X509Certificate2? peerCertificate)
    {
        lock (_ending)
        {
            if (_isClosed)
            {
                stream.Dispose();
                return false;
            }

            _activeMs = Environment.TickCount64;
            _stream = stream;
            _owner.Receiver.FlowOpened(Flow, peerCertificate);
        }

        _ = WriteQueuedAsync();
        return true;
    }

    private async Task<SslStream> SecureAsync(Stream stream, SipTlsSettings tls)
    {
        var secured = new SslStream(stream, leaveInnerStreamOpen: false);
        await (_isOutward
            ? secured.AuthenticateAsClientAsync(tls.ForClient(Flow.Remote))
            : secured.AuthenticateAsServerAsync(tls.ForServer())).ConfigureAwait(false);
        return secured;
    }

    private async Task<SipFlowFailure> ReadAsync()
    {
        try
        {
            while (true)
            {
                var count = await _stream!.ReadAsync(_reader.Free).ConfigureAwait(false);
                if (count == 0)
                {
                    return SipFlowFailure.Closed;
                }

                Volatile.Write(ref _activeMs, Environment.TickCount64);
                if (!_reader.TryAdvance(count))
                {
                    return SipFlowFailure.Malformed;
                }
            }
        }
        catch (Exception e) when (IsOfTheWorld(e))
        {
            return SipFlowFailure.Broken;
        }
    }

    private async Task WriteQueuedAsync()
    {
        try
        {
            while (_queue.TryTake(out var message))
            {
                await _stream!.WriteAsync(message).ConfigureAwait(false);
                Volatile.Write(ref _activeMs, Environment.TickCount64);
            }
        }
        catch (Exception e) when (IsOfTheWorld(e))
        {
            Close(SipFlowFailure.Broken);
        }
    }

    private void Pong() => Send(_pong);
}
