namespace Farspan.Network;

/// <summary>
/// What happens to a <see cref="ChimeWebSocket"/>. <see cref="Refused"/> and <see cref="Closed"/> are last.
/// </summary>
public abstract record WebSocketEvent
{
    private WebSocketEvent()
    {
    }

    public sealed record Opened : WebSocketEvent;

    /// <summary>One whole binary message.</summary>
    public sealed record Received(ReadOnlyMemory<byte> Message) : WebSocketEvent;

    /// <summary>The server answered the upgrade with something else than 101 (RFC 6455 §4.1).</summary>
    public sealed record Refused(int HttpStatus) : WebSocketEvent;

    /// <summary>The peer closed or the connection broke; 1006 and 1005 as in RFC 6455 §7.4.1.</summary>
    public sealed record Closed(int Code, string Reason) : WebSocketEvent;
}
