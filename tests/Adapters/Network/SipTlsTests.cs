using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Farspan.Sip;

namespace Farspan.Network.Tests;

public sealed class SipTlsTests : IDisposable
{
    private static readonly IPEndPoint _anyLoopback = new(IPAddress.Loopback, 0);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private readonly RecordingReceiver _receiver = new();
    private readonly List<IDisposable> _disposables = [];

    public void Dispose() => _disposables.ForEach(disposable => disposable.Dispose());

    [Fact]
    public async Task TwoNodes_ShowEachOtherTheirCertificates_AndExchangeMessages()
    {
        var otherReceiver = new RecordingReceiver();
        var east = Start(Settings(() => Certificate("east"), SipClientCertificate.Required), _receiver);
        var west = Start(Settings(() => Certificate("west"), SipClientCertificate.Required), otherReceiver);

        var target = SipFlow.Connect(SipTransport.Tls, east.Local, west.Local);

        east.Send(target, SipMessages.Bytes(SipMessages.Options(1)));

        var (flow, message) = await otherReceiver.NextMessage();
        Assert.Equal(SipMessages.Options(1), message);
        Assert.Equal(SipTransport.Tls, flow.Transport);
        Assert.Equal("CN=east", (await otherReceiver.NextOpened()).Subject);
        Assert.Equal("CN=west", (await _receiver.NextOpened()).Subject);

        west.Send(flow, SipMessages.Bytes(SipMessages.Options(2)));
        Assert.Equal(SipMessages.Options(2), (await _receiver.NextMessage()).Message);
    }

    [Fact]
    public async Task AChangedCertificate_IsShownToTheNextConnection_WithoutARestart()
    {
        var name = "before";
        var listener = Start(Settings(() => Certificate(name), SipClientCertificate.None), _receiver);

        Assert.Equal("CN=before", await ShownCertificate(listener));
        name = "after";
        Assert.Equal("CN=after", await ShownCertificate(listener));
    }

    [Fact]
    public async Task AClientWithoutARequiredCertificate_IsNotServed()
    {
        var listener = Start(Settings(() => Certificate("us"), SipClientCertificate.Required), _receiver);

        try
        {
            await ShownCertificate(listener);
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            // With TLS 1.3 the client may only notice when it reads.
        }

        Assert.Equal(SipFlowFailure.HandshakeFailed, (await _receiver.NextFailure()).Failure);
        Assert.Equal(0, listener.ConnectionCount);
    }

    [Fact]
    public async Task AnOptionalCertificate_MayBeMissing()
    {
        var listener = Start(Settings(() => Certificate("us"), SipClientCertificate.Optional), _receiver);

        await ShownCertificate(listener);

        Assert.Null((await _receiver.NextOpened()).Subject);
    }

    [Fact]
    public async Task AServerThatDoesNotProveItsName_IsNotUsed()
    {
        var server =
            Start(Settings(() => Certificate("server"), SipClientCertificate.None), new RecordingReceiver());
        var strict = new SipTlsSettings(() => Certificate("client"), SipClientCertificate.None);
        var client = Start(strict, _receiver);
        var target = SipFlow.Connect(SipTransport.Tls, client.Local, server.Local);

        client.Send(target, SipMessages.Bytes(SipMessages.Options(1)));

        var (flow, failure) = await _receiver.NextFailure();
        Assert.Equal(SipFlowFailure.HandshakeFailed, failure);
        Assert.True(flow.Carries(target));
    }

    [Fact]
    public async Task AClientThatDoesNotShakeHands_IsClosed()
    {
        var limits = SipNetworkLimits.Default with
        {
            ConnectTimeout = TimeSpan.FromMilliseconds(50),
            SweepInterval = TimeSpan.FromMilliseconds(20),
        };
        var listener = Start(Settings(() => Certificate("us"), SipClientCertificate.None), _receiver, limits);
        using var silent = new TcpClient();
        await silent.ConnectAsync(listener.Local);

        Assert.Equal(SipFlowFailure.HandshakeFailed, (await _receiver.NextFailure()).Failure);
    }

    /// <summary>Trusts the certificates of this test, which no authority signed.</summary>
    private static bool IsOfThisTest(
        object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        certificate is
        {
            Subject: "CN=east" or "CN=west" or "CN=us" or "CN=server" or "CN=before" or "CN=after",
        };

    private static SipTlsSettings Settings(
        Func<SslStreamCertificateContext> certificate, SipClientCertificate client) =>
        new(certificate, client, IsOfThisTest);

    private static async Task<string> ShownCertificate(SipStreamListener listener)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(listener.Local).WaitAsync(_patience);
        await using var stream = new SslStream(client.GetStream(), false, IsOfThisTest);
        await stream.AuthenticateAsClientAsync("us").WaitAsync(_patience);
        var subject = stream.RemoteCertificate!.Subject;
        await stream.WriteAsync(SipMessages.Bytes("\r\n\r\n"));
        await stream.ReadExactlyAsync(new byte[2]).AsTask().WaitAsync(_patience);
        return subject;
    }

    private SslStreamCertificateContext Certificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var now = DateTimeOffset.UtcNow;
        var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        _disposables.Add(certificate);
        return SslStreamCertificateContext.Create(certificate, null);
    }

    private SipStreamListener Start(
        SipTlsSettings tls, RecordingReceiver receiver, SipNetworkLimits? limits = null)
    {
        var listener =
            new SipStreamListener(_anyLoopback, null, tls, receiver, limits ?? SipNetworkLimits.Default);
        _disposables.Add(listener);
        listener.Start();
        return listener;
    }
}
