using System.Net;
using System.Security.Cryptography.X509Certificates;
using Farspan.Sip;

namespace Farspan.Network;

/// <summary>
/// What the SIP listeners (RFC 3261 §18) call: a node that posts into its mailboxes. Calls come on the
/// listeners' threads, several at a time; they must be quick and must not throw.
/// </summary>
public interface ISipReceiver
{
    /// <summary>Whether a connection from this source is worth a handshake; asked before any byte is
    /// read.</summary>
    bool Admits(SipTransport transport, IPEndPoint source);

    /// <summary>A connection, accepted or made, is ready.</summary>
    /// <param name="flow">The connection.</param>
    /// <param name="peerCertificate">The certificate that the peer showed; null without TLS or without
    /// one.</param>
    void FlowOpened(in SipFlow flow, X509Certificate2? peerCertificate);

    /// <summary>One datagram, or one whole message of a stream.</summary>
    /// <param name="flow">Where it came from, and where its response goes.</param>
    /// <param name="message">Valid during the call only.</param>
    void Receive(in SipFlow flow, ReadOnlySpan<byte> message);

    /// <summary>Nothing more comes from or goes to this flow; what was queued for it is lost.</summary>
    void FlowFailed(in SipFlow flow, SipFlowFailure failure);
}
