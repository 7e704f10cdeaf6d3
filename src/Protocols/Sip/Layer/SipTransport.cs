namespace Farspan.Sip;

/// <summary>The transports of RFC 3261 §18 that Farspan speaks.</summary>
public enum SipTransport
{
    Udp,
    Tcp,

    /// <summary>TLS over TCP (RFC 3261 §26.2.1).</summary>
    Tls,
}
