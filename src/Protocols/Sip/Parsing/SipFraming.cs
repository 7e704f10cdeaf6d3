namespace Farspan.Sip;

/// <summary>
/// How the transport delimits messages, which decides the rules for Content-Length (RFC 3261 §18.3).
/// </summary>
public enum SipFraming
{
    /// <summary>
    /// One message a datagram: without a Content-Length the body is the rest; bytes beyond it are
    /// ignored.
    /// </summary>
    Datagram,

    /// <summary>A byte stream: the Content-Length is required.</summary>
    Stream,
}
