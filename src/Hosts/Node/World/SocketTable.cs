using Farspan.Calls;
using Farspan.Network;

namespace Farspan.Node;

/// <summary>The signalling WebSockets of all calls, by the engine's name for them. Used on the loop's thread only.</summary>
internal sealed class SocketTable(Func<Uri, WebSocketSettings> settingsFor, Action<ConnectorInput> post)
{
    private const int AbnormalClosure = 1006;

    private readonly Dictionary<SocketId, ChimeWebSocket> _sockets = [];

    public int Count => _sockets.Count;

    public void Perform(ConnectorEffect.OpenSocket open)
    {
        if (!Uri.TryCreate(open.Url, UriKind.Absolute, out var url))
        {
            post(new ConnectorInput.SocketClosed(open.Socket, AbnormalClosure, "the signalling URL is not a URL"));
            return;
        }

        _sockets[open.Socket] = ChimeWebSocket.Open(
            url, open.SubProtocols.Reveal(), settingsFor(url), happened => post(ToInput(open.Socket, happened)));
    }

    public void Perform(ConnectorEffect.SendSocket send)
    {
        // A socket that takes nothing more has ended or is ending, and says so itself.
        if (_sockets.TryGetValue(send.Socket, out var socket))
        {
            socket.Send(send.Message);
        }
    }

    public void Perform(ConnectorEffect.CloseSocket close)
    {
        if (_sockets.Remove(close.Socket, out var socket))
        {
            socket.Close(close.Code);
        }
    }

    /// <summary>Closes what is open; the tasks that end when everything is released.</summary>
    public Task CloseAllAsync(int code)
    {
        var ends = _sockets.Values.Select(s => s.Completion).ToArray();
        foreach (var socket in _sockets.Values)
        {
            socket.Close(code);
        }

        _sockets.Clear();
        return Task.WhenAll(ends);
    }

    private static ConnectorInput ToInput(SocketId id, WebSocketEvent happened) => happened switch
    {
        WebSocketEvent.Opened => new ConnectorInput.SocketOpened(id),
        WebSocketEvent.Received received => new ConnectorInput.SocketReceived(id, received.Message),
        WebSocketEvent.Refused refused => new ConnectorInput.SocketRefused(id, refused.HttpStatus),
        WebSocketEvent.Closed closed => new ConnectorInput.SocketClosed(id, closed.Code, closed.Reason),
        _ => throw Kernel.Invariant.Unreachable(happened),
    };
}
