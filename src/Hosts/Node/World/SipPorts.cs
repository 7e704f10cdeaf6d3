using System.Net;
using System.Security.Cryptography.X509Certificates;
using Farspan.Calls;
using Farspan.Network;
using Farspan.Observability;
using Farspan.Sip;

namespace Farspan.Node;

/// <summary>
/// The SIP listeners of a node: hands what comes to the loop, and what goes to the right listener.
/// </summary>
internal sealed class SipPorts : ISipReceiver, IDisposable
{
    private readonly TrunkTable _trunks;
    private readonly SipMetrics _metrics;
    private readonly StrangerLimit _strangers = new(TimeProvider.System);
    private readonly List<UdpSipListener> _datagrams = [];
    private readonly List<SipStreamListener> _streams = [];
    private Action<ConnectorInput> _post = _ => { };

    public SipPorts(TrunkTable trunks, SipMetrics metrics)
    {
        _trunks = trunks;
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
    /// <exception cref="System.Net.Sockets.SocketException">The address cannot be bound.</exception>
    public void Listen(SipTransport transport, IPEndPoint bind, IPAddress? advertised, SipTlsSettings? tls)
    {
        var shown = advertised is null ? null : new IPEndPoint(advertised, bind.Port);
        if (transport == SipTransport.Udp)
        {
            _datagrams.Add(new UdpSipListener(bind, shown, this, SipNetworkLimits.Default));
        }
        else
        {
            var secured = transport == SipTransport.Tls ? tls : null;
            _streams.Add(new SipStreamListener(bind, shown, secured, this, SipNetworkLimits.Default));
        }
    }

    /// <summary>Begins to receive.</summary>
    public void Start(Action<ConnectorInput> post)
    {
        _post = post;
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
        _trunks.Find(new SipFlow(transport, source, source, 0)) is not null;

    public void FlowOpened(in SipFlow flow, X509Certificate2? peerCertificate)
    {
        // Who may call is decided by the source; the handshake has judged the certificate.
    }

    public void Receive(in SipFlow flow, ReadOnlySpan<byte> message)
    {
        if (_trunks.Find(flow) is null && !_strangers.TryTake())
        {
            _metrics.CountSilenced();
            return;
        }

        _metrics.CountReceived(flow.Transport, message);
        _post(new ConnectorInput.SipReceived(flow, message.ToArray()));
    }

    public void FlowFailed(in SipFlow flow, SipFlowFailure failure)
    {
        _metrics.CountFailure(flow.Transport, failure.ToString());
        _post(new ConnectorInput.SipFlowFailed(flow, failure.ToString()));
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
