using System.Net.WebSockets;
using System.Threading.Channels;

namespace Farspan.ConnectEmulator;

/// <summary>
/// One WebSocket of a signalling client. Sending never blocks: frames wait, up to a limit, in a queue that
/// one task
/// empties. Closing comes after what was sent before.
/// </summary>
internal sealed class ClientSocket(SocketId id) : IDisposable
{
    private readonly Channel<Outgoing> _outgoing = Channel.CreateBounded<Outgoing>(
        new BoundedChannelOptions(EmulatorLimits.SignalingBacklogFrames) { SingleReader = true });

    private readonly CancellationTokenSource _abort = new();

    public SocketId Id { get; } = id;

    public void Send(byte[] message) => Enqueue(new Outgoing(message, null, null));

    public void Close(int code, string reason) => Enqueue(new Outgoing(null, code, reason));

    public void Abort() => _abort.Cancel();

    /// <summary>Serves the socket until it ends; the result says how it did.</summary>
    public async Task<string> RunAsync(
        WebSocket socket, Action<ReadOnlyMemory<byte>> receive, CancellationToken stop)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(_abort.Token, stop);
        var sending = SendAllAsync(socket, linked.Token);
        var end = await ReceiveAllAsync(socket, receive, linked.Token);
        _outgoing.Writer.TryComplete();
        await sending;
        if (socket.State != WebSocketState.Closed)
        {
            socket.Abort();
        }

        return end;
    }

    public void Dispose() => _abort.Dispose();

    private void Enqueue(Outgoing item)
    {
        if (!_outgoing.Writer.TryWrite(item))
        {
            Abort();
        }
    }

    private async Task SendAllAsync(WebSocket socket, CancellationToken stop)
    {
        try
        {
            await foreach (var item in _outgoing.Reader.ReadAllAsync(stop))
            {
                if (item.Message is { } message)
                {
                    await socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, stop);
                }
                else
                {
                    await socket.CloseOutputAsync((WebSocketCloseStatus)item.CloseCode!, item.Reason, stop);
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // The receiving side sees the same end and reports it.
        }
    }

    private static async Task<string> ReceiveAllAsync(
        WebSocket socket, Action<ReadOnlyMemory<byte>> receive, CancellationToken stop)
    {
        var buffer = new byte[EmulatorLimits.SignalingMessageBytes];
        var length = 0;
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(length), stop);
                length += part.Count;
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return await ConfirmCloseAsync(socket, stop);
                }

                if (part.EndOfMessage)
                {
                    receive(buffer.AsMemory(0, length));
                    length = 0;
                }
                else if (length == buffer.Length)
                {
                    return "a message over the limit";
                }
            }
        }
        catch (WebSocketException)
        {
            return "broken";
        }
        catch (OperationCanceledException)
        {
            return "aborted";
        }
    }

    private static async Task<string> ConfirmCloseAsync(WebSocket socket, CancellationToken stop)
    {
        if (socket.State == WebSocketState.CloseReceived)
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, stop);
        }

        return $"closed by the client with {(int?)socket.CloseStatus ?? 1005}";
    }

    private readonly record struct Outgoing(byte[]? Message, int? CloseCode, string? Reason);
}
