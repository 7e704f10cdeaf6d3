using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Farspan.Ice;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Native;
using Farspan.Sdp;
using Farspan.Stun;
using Farspan.Stun.Tests;

namespace Farspan.Runtime.Tests;

/// <summary>Gathering through a TURN server that is reached over TCP and TLS.</summary>
public sealed class TurnStreamTests : IDisposable
{
    private const string Subject = "CN=turn";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TransportAddress Relayed =
        TransportAddress.From(IPAddress.Parse("198.51.100.7"), 50_000);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly OpenSslDtlsSessionFactory _dtls = new();
    private readonly Observer _observer = new();
    private readonly MediaPlane _plane;
    private readonly FakeTurnServer _server = new(Relayed) { IsPadding = true };

    public TurnStreamTests()
    {
        _listener.Start();
        var options = new MediaPlaneOptions
        {
            ContactAddress = IPAddress.Loopback,
            Workers = 1,
            FirstCarrierPort = 24_000,
            LastCarrierPort = 24_099,
            TurnTls = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == Subject,
            },
            Media = new MediaSettings { RelayPolicy = IceRelayPolicy.RelayOnly, RelayTimeout = Patience },
            TurnConnectTimeout = Patience,
        };
        var resources = new MediaResources
        {
            Dtls = _dtls,
            Codecs = new OpusCodecFactory(),
            Keys = RandomNumberGenerator.Fill,
        };
        _plane = new MediaPlane(options, resources, new MonotonicClock(), _observer);
        Assert.True(_plane.TryPost(new MediaCommand.Open(1, IPAddress.Loopback)));
        _observer.Take<MediaEvent.Opened>();
    }

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose()
    {
        _plane.Dispose();
        _listener.Dispose();
        _dtls.Dispose();
        _observer.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RelayOverAStream_IsAllocatedAndReleased(bool isSecure)
    {
        var serving = ServeAsync(isSecure);
        var uri = $"{(isSecure ? "turns" : "turn")}:127.0.0.1:{Port}?transport=tcp";
        Gather(uri);

        var candidate = Assert.Single(_observer.Take<MediaEvent.Gathered>().Transport.Candidates);
        Assert.Equal(IceCandidateType.Relayed, candidate.Type);
        Assert.Equal(50_000, candidate.Port);

        Assert.True(_plane.TryPost(new MediaCommand.Close(1)));
        _observer.Take<MediaEvent.Closed>();
        await serving.WaitAsync(Patience);
        Assert.False(_server.HasAllocation);
    }

    [Fact]
    public void ServerThatIsNotThere_IsSaidInTheLoss()
    {
        _listener.Stop();
        Gather("turn:127.0.0.1:9?transport=tcp");
        var lost = _observer.Take<MediaEvent.ContactLost>();
        Assert.Equal(ContactLoss.RelayUnavailable, lost.Loss);
        Assert.Contains("refused", lost.Detail, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task ServerThatHangsUp_IsSaidInTheLoss()
    {
        Gather($"turn:127.0.0.1:{Port}?transport=tcp");
        (await _listener.AcceptTcpClientAsync()).Dispose();
        Assert.Equal(ContactLoss.RelayUnavailable, _observer.Take<MediaEvent.ContactLost>().Loss);
    }

    private void Gather(string uri) => Assert.True(_plane.TryPost(new MediaCommand.Gather(
        1, new TurnServers([uri], FakeTurnServer.Username, new Redacted<string>(FakeTurnServer.Password)))));

    private async Task ServeAsync(bool isSecure)
    {
        using var client = await _listener.AcceptTcpClientAsync();
        var from = TransportAddress.From((IPEndPoint)client.Client.RemoteEndPoint!);
        Stream stream = client.GetStream();
        if (isSecure)
        {
            using var certificate = CreateCertificate();
            var secure = new SslStream(stream);
            await secure.AuthenticateAsServerAsync(certificate);
            stream = secure;
        }

        var framer = new TurnStreamFramer();
        int count;
        while ((count = await stream.ReadAsync(framer.Room)) > 0)
        {
            framer.Advance(count);
            foreach (var answer in Answer(framer, from))
            {
                await stream.WriteAsync(answer);
            }
        }

        await stream.DisposeAsync();
    }

    private List<byte[]> Answer(TurnStreamFramer framer, TransportAddress from)
    {
        var answers = new List<byte[]>();
        while (framer.TryTake(out var frame))
        {
            if (_server.Receive(frame, from) is { } answer)
            {
                answers.Add(answer);
            }
        }

        return answers;
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Subject, key, HashAlgorithmName.SHA256);
        var now = DateTimeOffset.UtcNow;
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    private sealed class Observer : IMediaPlaneObserver, IDisposable
    {
        private readonly BlockingCollection<MediaEvent> _events = [];

        public void Report(MediaEvent media) => _events.Add(media);

        public void LoopStalled(TimeSpan gap)
        {
            // A busy machine.
        }

        public void LoopStuck(TimeSpan since)
        {
            // A busy machine.
        }

        public T Take<T>()
            where T : MediaEvent
        {
            Assert.True(_events.TryTake(out var media, Patience), $"{typeof(T).Name} does not come.");
            Assert.True(media is T, $"{media} in the stead of {typeof(T).Name}");
            return (T)media;
        }

        public void Dispose() => _events.Dispose();
    }
}
