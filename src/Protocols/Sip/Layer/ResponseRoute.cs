using System.Net;

namespace Farspan.Sip;

/// <summary>Where responses go and whether one is for us (RFC 3261 §18.1.2, §18.2.2, RFC 3581 §4).</summary>
internal static class ResponseRoute
{
    private const int DefaultPort = 5060;
    private const int DefaultTlsPort = 5061;

    /// <summary>
    /// Back over the connection; over UDP to the source address, and there to the source port if the client
    /// asked for that, else to the port in its Via.
    /// </summary>
    /// <remarks>Deviation from RFC 3261 §18.2.2: maddr is not obeyed, for it would let strangers have us
    /// send to addresses of their choice; nobody reaches us by multicast.</remarks>
    public static SipFlow For(in SipFlow flow, Via via) =>
        flow.IsReliable || via.HasRport ? flow : flow with { Remote = SentBy(flow, via) };

    /// <summary>A new connection to where the client listens, when the one its request came over is
    /// gone.</summary>
    public static SipFlow AfterFailure(in SipFlow flow, Via via) =>
        SipFlow.Connect(flow.Transport, flow.Local, SentBy(flow, via));

    /// <summary>Whether the response took the way of our request and of no other.</summary>
    public static bool IsOurs(SipResponse response, SipRequest request)
    {
        var (theirs, ours) = (response.TopVia, request.TopVia);
        return theirs.Port == ours.Port && theirs.Host.Equals(ours.Host, StringComparison.OrdinalIgnoreCase);
    }

    private static IPEndPoint SentBy(in SipFlow flow, Via via)
    {
        var port = via.Port ?? (flow.Transport == SipTransport.Tls ? DefaultTlsPort : DefaultPort);
        return port == flow.Remote.Port ? flow.Remote : new IPEndPoint(flow.Remote.Address, port);
    }
}
