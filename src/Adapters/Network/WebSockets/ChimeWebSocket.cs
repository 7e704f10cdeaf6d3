using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Threading.Channels;

namespace Farspan.Network;

/// <summary>
/// One client WebSocket (RFC 6455) that reports to a callback and never makes its owner wait: what
/// <c>OpenSocket</c>, <c>Send</c> and <c>CloseSocket</c> of a Chime session are performed with.
/// </summary>
/// <remarks>
/// The callback runs on threads of the pool, one event after another, and must only hand the event on. After
/// <see cref="Close"/> it is not called again, except for an event that is on its way. Thread-safe.
/// </remarks>
[SuppressMessage(
    "Design", "CA1001", Justification = "RunAsync owns the socket; cutting must stay safe after the end.")]
public sealed class ChimeWebSocket
{
    private const int AbnormalClosure = 1006;
    private const int ReceiveBufferBytes = 16 * 1024;

    private readonly Uri _url;
    private readonly IReadOnlyList<string> _subProtocols;
    private readonly WebSocketSettings _settings;
    private readonly Action<WebSocketEvent> _deliver;
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<ReadOnlyMemory<byte>> _queue;
    private int _closeCode;

    private ChimeWebSocket(
        Uri url,
        IReadOnlyList<string> subProtocols,
        WebSocketSettings settings,
        Action<WebSocketEvent> deliver)
    {
        _url = url;
        _subProtocols = subProtocols;
        _settings = settings;
        _deliver = deliver;
        _queue = Channel.CreateBounded<ReadOnlyMemory<byte>>(
            new BoundedChannelOptions(settings.MaxQueuedMessages) { SingleReader = true });
        Completion = Task.Run(RunAsync);
    }

    /// <summary>Ends when everything of the socket is released; never fails.</summary>
    public Task Completion { get; }

    private bool IsClosedByOwner => Volatile.Read(ref _closeCode) != 0;

    /// <summary>Begins to connect.</summary>
    /// <param name="url">wss, or ws where the settings allow it.</param>
    /// <param name="subProtocols">The server must select the first.</param>
    /// <param name="settings">Limits and trust.</param>
    /// <param name="deliver">Takes the events.</param>
    public static ChimeWebSocket Open(
        Uri url,
        IReadOnlyList<string> subProtocols,
        WebSocketSettings settings,
        Action<WebSocketEvent> deliver) =>
        new(url, subProtocols, settings, deliver);

    /// <summary>Queues one binary message. False if it cannot be sent any more.</summary>
    public bool Send(ReadOnlyMemory<byte> message)
    {
        if (IsClosedByOwner)
        {
            return false;
        }

        var isQueued = _queue.Writer.TryWrite(message);
        if (!isQueued)
        {
            Cut(); // Full: the peer has stopped reading. The receiver then reports 1006.
        }

        return isQueued;
    }

    /// <summary>
    /// Sends what is queued, says goodbye, and cuts the connection if the peer does not answer.
    /// </summary>
    public void Close(int code)
    {
        if (Interlocked.CompareExchange(ref _closeCode, code, 0) == 0)
        {
            _queue.Writer.TryComplete();
            CutAfter(_settings.CloseTimeout);
        }
    }

    [SuppressMessage(
        "Design", "CA1031", Justification = "The supervisor: one socket's fault ends one socket.")]
    private async Task RunAsync()
    {
        using var invoker = WebSocketTls.CreateInvoker(_settings);
        WebSocketEvent end;
        try
        {
            end = await ConnectAsync(invoker).ConfigureAwait(false)
                ?? await ExchangeAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            end = new WebSocketEvent.Closed(AbnormalClosure, exception.Message);
        }

        _queue.Writer.TryComplete();
        _socket.Dispose();
        Deliver(end);
    }

    /// <summary>Null when connected, else why not.</summary>
    private async Task<WebSocketEvent?> ConnectAsync(HttpMessageInvoker invoker)
    {
        if (!TryConfigure(out var refusal))
        {
            return refusal;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        limit.CancelAfter(_settings.ConnectTimeout);
        try
        {
            await _socket.ConnectAsync(_url, invoker, limit.Token).ConfigureAwait(false);
        }
        catch (WebSocketException) when ((int)_socket.HttpStatusCode is >= 300 and var status)
        {
            return new WebSocketEvent.Refused(status);
        }

        if (_socket.SubProtocol != _subProtocols[0])
        {
            return new WebSocketEvent.Closed(AbnormalClosure, "the server did not select the sub-protocol");
        }

        Deliver(new WebSocketEvent.Opened());
        return null;
    }

    /// <summary>False for what no server could accept; the session then ends as if one had said so.</summary>
    private bool TryConfigure(out WebSocketEvent? refusal)
    {
        const int badRequest = 400;
        refusal = new WebSocketEvent.Refused(badRequest);
        if (_url.Scheme != System.Uri.UriSchemeWss
            && !(_url.Scheme == System.Uri.UriSchemeWs && _settings.AllowsPlainText))
        {
            return false;
        }

        _socket.Options.CollectHttpResponseDetails = true;
        _socket.Options.KeepAliveInterval = _settings.KeepAlive;
        _socket.Options.KeepAliveTimeout = _settings.KeepAlive;
        try
        {
            foreach (var subProtocol in _subProtocols)
            {
                _socket.Options.AddSubProtocol(subProtocol);
            }
        }
        catch (ArgumentException)
        {
            return false; // Characters that no header may have.
        }

        return true;
    }

    private async Task<WebSocketEvent> ExchangeAsync()
    {
        var sending = SendQueuedAsync();
        try
        {
            return await ReceiveAsync().ConfigureAwait(false);
        }
        finally
        {
            _queue.Writer.TryComplete();
            Cut();
            await sending.ConfigureAwait(false);
        }
    }

    private async Task SendQueuedAsync()
    {
        try
        {
            await foreach (var message in _queue.Reader.ReadAllAsync(_stop.Token).ConfigureAwait(false))
            {
                await _socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, _stop.Token)
                    .ConfigureAwait(false);
            }

            if (IsClosedByOwner)
            {
                await _socket.CloseOutputAsync((WebSocketCloseStatus)_closeCode, null, _stop.Token)
                    .ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException
            or ObjectDisposedException or IOException)
        {
            Cut(); // The receiver notices and reports.
        }
    }

    private async Task<WebSocketEvent> ReceiveAsync()
    {
        var message = new ArrayBufferWriter<byte>(ReceiveBufferBytes);
        while (true)
        {
            var room = message.GetMemory(ReceiveBufferBytes);
            var result = await _socket.ReceiveAsync(room, _stop.Token).ConfigureAwait(false);
            message.Advance(result.Count);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                return await AnswerCloseAsync().ConfigureAwait(false);
            }

            if (message.WrittenCount > _settings.MaxMessageBytes)
            {
                return new WebSocketEvent.Closed((int)WebSocketCloseStatus.MessageTooBig, "message too big");
            }

            if (result.EndOfMessage)
            {
                DeliverMessage(result.MessageType, message);
            }
        }
    }

    private void DeliverMessage(WebSocketMessageType type, ArrayBufferWriter<byte> message)
    {
        if (type == WebSocketMessageType.Binary)
        {
            Deliver(new WebSocketEvent.Received(message.WrittenSpan.ToArray()));
        }

        message.ResetWrittenCount();
    }

    /// <summary>Completes the handshake that the peer began, within the close time-out.</summary>
    private async Task<WebSocketEvent> AnswerCloseAsync()
    {
        var closed = new WebSocketEvent.Closed(
            (int)(_socket.CloseStatus ?? WebSocketCloseStatus.Empty), _socket.CloseStatusDescription ?? "");
        if (_socket.State == WebSocketState.CloseReceived && !IsClosedByOwner)
        {
            CutAfter(_settings.CloseTimeout);
            try
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, _stop.Token)
                    .ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is WebSocketException or OperationCanceledException
                or InvalidOperationException or IOException)
            {
                // The peer is gone already; its own code counts.
            }
        }

        return closed;
    }

    private void Cut() => _stop.Cancel();

    private void CutAfter(TimeSpan delay) => _stop.CancelAfter(delay);

    private void Deliver(WebSocketEvent happened)
    {
        if (!IsClosedByOwner)
        {
            _deliver(happened);
        }
    }
}
