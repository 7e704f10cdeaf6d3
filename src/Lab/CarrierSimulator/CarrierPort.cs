using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Farspan.Network;
using Farspan.Sip;

namespace Farspan.CarrierSimulator;

/// <summary>The carrier's SIP socket: UDP, TCP or TLS (RFC 3261 §18).</summary>
internal sealed class CarrierPort : IDisposable
{
    private readonly IPEndPoint _bind;
    private readonly CarrierSettings _settings;
    private readonly Relay _relay = new();
    private readonly UdpSipListener? _datagrams;
    private readonly SipStreamListener? _streams;
    private readonly X509Certificate2? _certificate;

    public CarrierPort(CarrierSettings settings)
    {
        _settings = settings;
        _bind = new IPEndPoint(settings.LocalAddress, 0);
        if (settings.Transport == SipTransport.Udp)
        {
            _datagrams = new UdpSipListener(_bind, null, _relay, SipNetworkLimits.Default);
            Flow = SipFlow.Udp(_datagrams.Local, settings.Target);
            return;
        }

        _certificate = settings.Transport == SipTransport.Tls ? CreateCertificate() : null;
        _streams = new SipStreamListener(_bind, null, CreateTls(), _relay, SipNetworkLimits.Default);
        Flow = SipFlow.Connect(settings.Transport, _streams.Local, settings.Target);
    }

    /// <summary>The way to the target.</summary>
    public SipFlow Flow { get; }

    public void Start(ISipReceiver receiver)
    {
        _relay.Receiver = receiver;
        _datagrams?.Start();
        _streams?.Start();
    }

    public void Send(in SipFlow flow, ReadOnlyMemory<byte> message)
    {
        _datagrams?.Send(flow, message);
        _streams?.Send(flow, message);
    }

    public void Dispose()
    {
        _datagrams?.Dispose();
        _streams?.Dispose();
        _certificate?.Dispose();
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Farspan simulated carrier", key, HashAlgorithmName.SHA256);
        var now = DateTimeOffset.UtcNow;
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
    }

    private SipTlsSettings? CreateTls()
    {
        if (_certificate is null)
        {
            return null;
        }

        var context = SslStreamCertificateContext.Create(
            _certificate, additionalCertificates: null, offline: true);
        return new SipTlsSettings(() => context, SipClientCertificate.None, Judge);
    }

    private bool Judge(
        object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        _settings.TargetCertificate is { } expected
            ? certificate is not null && certificate.GetRawCertData().AsSpan().SequenceEqual(expected.RawData)
            : errors == SslPolicyErrors.None;

    /// <summary>
    /// The listeners want their receiver before the engine, which wants their address, can be made.
    /// </summary>
    private sealed class Relay : ISipReceiver
    {
        public ISipReceiver? Receiver { get; set; }

        public bool Admits(SipTransport transport, IPEndPoint source) => true;

        public void FlowOpened(in SipFlow flow, X509Certificate2? peerCertificate) =>
            Receiver?.FlowOpened(flow, peerCertificate);

        public void Receive(in SipFlow flow, ReadOnlySpan<byte> message) => Receiver?.Receive(flow, message);

        public void FlowFailed(in SipFlow flow, SipFlowFailure failure) =>
            Receiver?.FlowFailed(flow, failure);
    }
}
