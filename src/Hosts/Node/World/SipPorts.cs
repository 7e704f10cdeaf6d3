using System.Net;
using System.Security.Cryptography.X509Certificates;
using Farspan.Network;
using Farspan.Observability;
using Farspan.Sip;

namespace Farspan.Node;

/// <summary>
/// The SIP listeners of a node: hands what comes to the loop, and what goes to the right listener.
/// </summary>
internal sealed class SipPorts : ISipReceiver, IDisposable
{
    private readonly Func<SipFlow, bool> _isKnown;
    private readonly SipMetrics _metrics;
    private readonly StrangerLimit _strangers = new(TimeProvider.System);
    private readonly List<UdpSipListener> _datagrams = [];
    private readonly List<SipStreamListener> _streams = [];
    private INodeInbox? _inbox;

    /// <param name="isKnown">Whether somebody at the far end of a flow may say something; any thread.</param>
    /// <param name="metrics">Counts.</param>
    public SipPorts(Func<SipFlow, bool> isKnown, SipMetrics metrics)
    {
        _isKnown = isKnown;
        _metrics = metrics;
    }

    /// <summary>What is listened on, such as <c>udp:192.0.2.1:5060</c>.</summary>
    public IReadOnlyList<string> Addresses =>
    [
        .. _datagrams.Select(l => $"udp:{l.Local}"),
        .. _streams.Select(l => $"{l.Transport.ToString().ToLowerInvariant()}:{l.Local}"),
    ];

    /// <summary>Binds an address; nothing is received before <see cref="Start"/>.</summary>
    /// <param name="transport">UDP, TCP or TLS.</param>
    /// <param name="bind">The address; port 0 takes a free one.</param>
    /// <param name="advertised">What peers address, where it is another address; null: it is not.</param>
    /// <param name="tls">For TLS only.</param>
    /// <returns>What peers address, with the port that was taken.</returns>
    /// <exception cref="System.Net.Sockets.SocketException">The address cannot be bound.</exception>
    public IPEndPoint Listen(SipTransport transport, IPEndPoint bind, IPAddress? advertised, SipTlsSettings? tls)
    {
        var shown = advertised is null ? null : new IPEndPoint(advertised, bind.Port);
        if (transport == SipTransport.Udp)
        {
            _datagrams.Add(new UdpSipListener(bind, shown, this, SipNetworkLimits.Default));
            return _datagrams[^1].Local;
        }

        var secured = transport == SipTransport.Tls ? tls : null;
        _streams.Add(new SipStreamListener(bind, shown, secured, this, SipNetworkLimits.Default));
        return _streams[^1].Local;
    }

    /// <summary>Begins to receive.</summary>
    public void Start(INodeInbox inbox)
    {
        _inbox = inbox;
        _datagrams.ForEach(l => l.Start());
        _streams.ForEach(l => l.Start());
    }

    public void Send(in SipFlow flow, ReadOnlyMemory<byte> message)
    {
        _metrics.CountSent(flow.Transport, message.Span);
        if (flow.Transport == SipTransport.Udp)
        {
            FindDatagrams(flow)?.Send(flow, message);
        }
        else
        {
            FindStreams(flow)?.Send(flow, message);
        }
    }

    public bool Admits(SipTransport transport, IPEndPoint source) =>
        _isKnown(new SipFlow(transport, source, source, 0));

    public void FlowOpened(in SipFlow flow, X509Certificate2? peerCertificate)
    {
        // Who may call is decided by the source; the handshake has judged the certificate.
    }

    public void Receive(in SipFlow flow, ReadOnlySpan<byte> message)
    {
        if (!_isKnown(flow) && !_strangers.TryTake())
        {
            _metrics.CountSilenced();
            return;
        }

        _metrics.CountReceived(flow.Transport, message);
        _inbox?.SipReceived(flow, message.ToArray());
    }

    public void FlowFailed(in SipFlow flow, SipFlowFailure failure)
    {
        _metrics.CountFailure(flow.Transport, failure.ToString());
        _inbox?.SipFlowFailed(flow, failure.ToString());
    }

    public void Dispose()
    {
        _datagrams.ForEach(l => l.Dispose());
        _streams.ForEach(l => l.Dispose());
    }

    private UdpSipListener? FindDatagrams(SipFlow flow) => _datagrams.Find(l => l.Local.Equals(flow.Local));

    private SipStreamListener? FindStreams(SipFlow flow) =>
        _streams.Find(l => l.Transport == flow.Transport && l.Local.Equals(flow.Local));
}
