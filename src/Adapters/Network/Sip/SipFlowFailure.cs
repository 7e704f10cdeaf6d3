namespace Farspan.Network;

/// <summary>Why a flow ended (RFC 3261 §18.4, RFC 5626 §4.2.2).</summary>
public enum SipFlowFailure
{
    /// <summary>The peer closed the connection, or we did while stopping.</summary>
    Closed,

    /// <summary>The connection was reset, or the network refused a datagram.</summary>
    Broken,

    /// <summary>The connection could not be made in time or was refused.</summary>
    ConnectFailed,

    /// <summary>The TLS handshake failed or took too long.</summary>
    HandshakeFailed,

    /// <summary>No message for the idle limit.</summary>
    Idle,

    /// <summary>The peer sent something that is not a stream of SIP messages, or a message too large or too
    /// slow.</summary>
    Malformed,

    /// <summary>The peer did not read what we sent, and the send queue was full.</summary>
    SendQueueFull,

    /// <summary>The flow names a connection that is gone, or there are too many connections to open
    /// another.</summary>
    Unavailable,
}
