using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Farspan.Network;
using Farspan.Sip;
using Farspan.Topology;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Farspan.Node.Tests;

/// <summary>
/// Certificates are renewed under a running node: nobody's connection breaks, the next one sees it.
/// </summary>
public sealed class CertificateRenewalTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("farspan-tls").FullName;
    private readonly ManualClock _clock = new();
    private readonly RecordingLoggerProvider _log = new();

    private CertificateFilesModel Files =>
        new(Path.Combine(_folder, "c.pem"), Path.Combine(_folder, "k.pem"));

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _log.Dispose();
    }

    [Fact]
    public void ARenewedCertificate_IsTakenUpWithinAMinute_NotBefore()
    {
        Write("before");
        var certificate = PemCertificates.Renewable(Files, "sip.tls", _clock, _log.CreateLogger("tls"));
        Write("after");

        _clock.Pass(Minute - TimeSpan.FromTicks(1));
        Assert.Equal("CN=before", certificate.Current().TargetCertificate.Subject);
        _clock.Pass(TimeSpan.FromTicks(1));
        Assert.Equal("CN=after", certificate.Current().TargetCertificate.Subject);
        Assert.Contains("sip.tls was renewed", Assert.Single(_log.Lines).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void WhileTheFilesAreHalfWritten_OrGone_TheOldOneStays()
    {
        Write("before");
        var certificate = PemCertificates.Renewable(Files, "sip.tls", _clock, _log.CreateLogger("tls"));
        var (_, key) = Pem("after");
        File.WriteAllText(Files.KeyPath, key);
        _clock.Pass(Minute);
        Assert.Equal("CN=before", certificate.Current().TargetCertificate.Subject);
        File.Delete(Files.CertificatePath);
        _clock.Pass(Minute);
        Assert.Equal("CN=before", certificate.Current().TargetCertificate.Subject);
        Assert.All(_log.Lines, l => Assert.Equal(LogLevel.Warning, l.Level));

        Write("after");
        _clock.Pass(Minute);

        Assert.Equal("CN=after", certificate.Current().TargetCertificate.Subject);
    }

    [Fact]
    public void FilesBehindALinkThatMoves_AreTakenUp_ThoughTheirTimesSayNothing()
    {
        var moment = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        foreach (var name in new[] { "before", "after" })
        {
            var folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
            var (certificatePem, keyPem) = Pem(name);
            File.WriteAllText(Path.Combine(folder, "c.pem"), certificatePem);
            File.WriteAllText(Path.Combine(folder, "k.pem"), keyPem);
            File.SetLastWriteTimeUtc(Path.Combine(folder, "c.pem"), moment);
        }

        var data = Path.Combine(_folder, "data");
        Directory.CreateSymbolicLink(data, Path.Combine(_folder, "before"));
        var files = new CertificateFilesModel(Path.Combine(data, "c.pem"), Path.Combine(data, "k.pem"));
        var certificate = PemCertificates.Renewable(files, "sip.tls", _clock, NullLogger.Instance);
        Directory.Delete(data);
        Directory.CreateSymbolicLink(data, Path.Combine(_folder, "after"));
        _clock.Pass(Minute);

        Assert.Equal("CN=after", certificate.Current().TargetCertificate.Subject);
    }

    [Fact]
    public async Task ASipConnection_OutlivesTheRenewal_AndTheNextOneSeesTheNewCertificate()
    {
        Write("before");
        var model = new SipTlsModel
        {
            Certificate = Files,
            ClientCertificate = ClientCertificatePolicy.None,
            TrustedCertificatesPath = null,
        };
        var receiver = new Receiver();
        using var listener = new SipStreamListener(
            new IPEndPoint(IPAddress.Loopback, 0),
            null,
            SipTlsFactory.Create(model, _clock, NullLogger.Instance),
            receiver,
            SipNetworkLimits.Default);
        listener.Start();
        await using var first = await ConnectAsync(listener.Local);
        Assert.Equal("CN=before", first.RemoteCertificate!.Subject);

        Write("after");
        _clock.Pass(Minute);
        await using var second = await ConnectAsync(listener.Local);

        Assert.Equal("CN=after", second.RemoteCertificate!.Subject);
        foreach (var connection in new[] { first, second })
        {
            await connection.WriteAsync(Encoding.ASCII.GetBytes(Options));
            await receiver.Received.WaitAsync().WaitAsync(Patience);
        }

        Assert.Equal(2, listener.ConnectionCount);
        Assert.Equal(0, receiver.Failures);
    }

    [Fact]
    public async Task TheAdministrationApi_ShowsARenewedCertificate_AndKeepsItsConnections()
    {
        Write("before");
        var certificate = PemCertificates.Renewable(Files, "admin.tls", _clock, NullLogger.Instance);
        await using var server = await AdminServer.StartAsync(
            new AdminSettings
            {
                Listen = new IPEndPoint(IPAddress.Loopback, 0),
                Certificate = certificate.Current,
                User = "admin",
                Password = AdminPassword.Create("password"),
            },
            new FakeNode(),
            NullLoggerProvider.Instance,
            CancellationToken.None);
        var address = new Uri(server.Addresses[0]);
        await using var first = await ConnectAsync(new IPEndPoint(IPAddress.Loopback, address.Port));
        Assert.Equal("CN=before", first.RemoteCertificate!.Subject);

        Write("after");
        _clock.Pass(Minute);
        await using var second = await ConnectAsync(new IPEndPoint(IPAddress.Loopback, address.Port));

        Assert.Equal("CN=after", second.RemoteCertificate!.Subject);
        Assert.StartsWith("HTTP/1.1 200", await GetAsync(first), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200", await GetAsync(second), StringComparison.Ordinal);
    }

    [Fact]
    public void TheNodesOwnCertificate_IsMadeAnewInTime_WhileTheNodeRuns()
    {
        var path = Path.Combine(_folder, "own.pem");
        var certificate = AdminCertificate.Renewable(path, ["localhost"], _clock, NullLogger.Instance);
        var first = certificate.Current().TargetCertificate.SerialNumber;
        _clock.Pass(TimeSpan.FromDays(600));
        Assert.Equal(first, certificate.Current().TargetCertificate.SerialNumber);

        _clock.Pass(TimeSpan.FromDays(110));

        Assert.NotEqual(first, certificate.Current().TargetCertificate.SerialNumber);
    }

    private const string Options =
        "OPTIONS sip:a@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TLS 127.0.0.1;branch=z9hG4bKx\r\n"
        + "Max-Forwards: 70\r\n"
        + "From: <sip:b@127.0.0.1>;tag=1\r\nTo: <sip:a@127.0.0.1>\r\nCall-ID: c\r\nCSeq: 1 OPTIONS\r\n"
        + "Content-Length: 0\r\n\r\n";

    private static async Task<SslStream> ConnectAsync(IPEndPoint to)
    {
        var client = new TcpClient();
        await client.ConnectAsync(to).WaitAsync(Patience);
        var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
        await stream.AuthenticateAsClientAsync("localhost").WaitAsync(Patience);
        return stream;
    }

    private static async Task<string> GetAsync(SslStream connection)
    {
        await connection.WriteAsync("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());
        var buffer = new byte[1_024];
        var count = await connection.ReadAsync(buffer).AsTask().WaitAsync(Patience);
        return Encoding.ASCII.GetString(buffer, 0, count);
    }

    private static (string Certificate, string Key) Pem(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var now = DateTimeOffset.UtcNow;
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    private void Write(string name)
    {
        var (certificate, key) = Pem(name);
        File.WriteAllText(Files.CertificatePath, certificate);
        File.WriteAllText(Files.KeyPath, key);
    }

    private sealed class ManualClock : TimeProvider
    {
        private TimeSpan _passed;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _passed.Ticks;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddYears(60) + _passed;

        public void Pass(TimeSpan duration) => _passed += duration;
    }

    private sealed class Receiver : ISipReceiver
    {
        private readonly ConcurrentQueue<SipFlowFailure> _failures = new();

        public SemaphoreSlim Received { get; } = new(0);

        public int Failures => _failures.Count;

        public bool Admits(SipTransport transport, IPEndPoint source) => true;

        public void FlowOpened(in SipFlow flow, X509Certificate2? peerCertificate)
        {
        }

        public void Receive(in SipFlow flow, ReadOnlySpan<byte> message) => Received.Release();

        public void FlowFailed(in SipFlow flow, SipFlowFailure failure) => _failures.Enqueue(failure);
    }
}
