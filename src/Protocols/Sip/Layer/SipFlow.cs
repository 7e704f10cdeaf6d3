using System.Net;

namespace Farspan.Sip;

/// <summary>
/// Where a SIP message came from or goes to: one UDP path or one connection (RFC 5626 §3).
/// </summary>
/// <param name="Transport">UDP, TCP or TLS.</param>
/// <param name="Local">Our side as peers should address it: what Via and Contact show, also for connections
/// that left from another port.</param>
/// <param name="Remote">The peer's side.</param>
/// <param name="ConnectionId">Names a connection; 0 for UDP, and for "any connection to
/// <paramref name="Remote"/>, opened if there is none".</param>
public readonly record struct SipFlow(
    SipTransport Transport, IPEndPoint Local, IPEndPoint Remote, long ConnectionId)
{
    /// <summary>Whether the transport delivers or says that it cannot.</summary>
    public bool IsReliable => Transport != SipTransport.Udp;

    /// <summary>As in a Via: UDP, TCP, TLS.</summary>
    public string TransportName => Transport switch
    {
        SipTransport.Udp => "UDP",
        SipTransport.Tcp => "TCP",
        _ => "TLS",
    };

    public static SipFlow Udp(IPEndPoint local, IPEndPoint remote) => new(SipTransport.Udp, local, remote, 0);

    /// <summary>Any connection to the peer, opened when first used.</summary>
    public static SipFlow Connect(SipTransport transport, IPEndPoint local, IPEndPoint remote) =>
        new(transport, local, remote, 0);

    /// <summary>Whether what waits on <paramref name="other"/> waits in vain once this flow has
    /// failed.</summary>
    public bool Carries(in SipFlow other) =>
        Transport == other.Transport
        && Remote.Equals(other.Remote)
        && (ConnectionId == other.ConnectionId || other.ConnectionId == 0);

    public override string ToString() => ConnectionId == 0
        ? $"{Transport} {Local}-{Remote}"
        : $"{Transport} {Local}-{Remote} #{ConnectionId}";
}
