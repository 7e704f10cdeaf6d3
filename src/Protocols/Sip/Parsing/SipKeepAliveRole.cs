namespace Farspan.Sip;

/// <summary>
/// Our part in the CRLF keep-alive of a connection, which tells a ping from a pong (RFC 5626 §3.5.1).
/// </summary>
public enum SipKeepAliveRole
{
    /// <summary>The peer opened the connection: a double CRLF is its ping.</summary>
    AnswersPings,

    /// <summary>We opened it: a CRLF is the answer to ours.</summary>
    SendsPings,
}
