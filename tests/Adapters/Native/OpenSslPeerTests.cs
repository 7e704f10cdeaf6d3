using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Srtp;

namespace Farspan.Native.Tests;

/// <summary>
/// The command-line tools of OpenSSL as the peer, over UDP on the loopback interface: the keying
/// material they print is
/// what our keys were made of. Needs the Debian package openssl.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed partial class OpenSslPeerTests : IDisposable
{
    private const int PatienceMilliseconds = 10_000;
    private const string CommonArguments = "-dtls1_2 -keymatexport EXTRACTOR-dtls_srtp";

    private readonly OpenSslDtlsSessionFactory _factory = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("farspan-dtls-");
    private readonly DtlsFingerprint _peerFingerprint;

    public OpenSslPeerTests() => _peerFingerprint = WriteCertificate();

    [Theory]
    [InlineData("SRTP_AEAD_AES_128_GCM", SrtpProfile.AeadAes128Gcm)]
    [InlineData("SRTP_AES128_CM_SHA1_80", SrtpProfile.AesCm128HmacSha1Tag80)]
    public void Server_OfOpenSsl_ExportsTheSameMaterial(string name, SrtpProfile expected)
    {
        var arguments = PeerArguments(name, expected);
        using var server = Launch($"s_server -4 -accept 127.0.0.1:0 -Verify 1 {arguments}");
        var port = int.Parse(ReadUntil(server, AcceptPattern()).Groups["port"].Value);
        using var socket = OpenSocket();
        socket.Connect(IPAddress.Loopback, port);
        using var session = _factory.Create(DtlsRole.Client, _peerFingerprint);

        Handshake(session, socket);

        AssertSameMaterial(session.Keys!.Local, session.Keys.Remote, expected, server);
    }

    [Theory]
    [InlineData("SRTP_AEAD_AES_128_GCM", SrtpProfile.AeadAes128Gcm)]
    [InlineData("SRTP_AES128_CM_SHA1_80", SrtpProfile.AesCm128HmacSha1Tag80)]
    public void Client_OfOpenSsl_ExportsTheSameMaterial(string name, SrtpProfile expected)
    {
        using var socket = OpenSocket();
        var port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        using var client = Launch($"s_client -4 -connect 127.0.0.1:{port} {PeerArguments(name, expected)}");
        using var session = _factory.Create(DtlsRole.Server, _peerFingerprint);

        Handshake(session, socket);

        AssertSameMaterial(session.Keys!.Remote, session.Keys.Local, expected, client);
    }

    public void Dispose()
    {
        _factory.Dispose();
        _folder.Delete(recursive: true);
    }

    [GeneratedRegex(@"^ACCEPT 127\.0\.0\.1:(?<port>\d+)")]
    private static partial Regex AcceptPattern();

    [GeneratedRegex("Keying material: (?<hex>[0-9A-F]+)")]
    private static partial Regex MaterialPattern();

    private static Socket OpenSocket()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.ReceiveTimeout = PatienceMilliseconds;
        return socket;
    }

    private static void Handshake(IDtlsSession session, Socket socket)
    {
        var clock = Stopwatch.StartNew();
        var buffer = new byte[DtlsLimits.MaxReceivedBytes];
        EndPoint peer = socket.Connected ? socket.RemoteEndPoint! : new IPEndPoint(IPAddress.Any, 0);
        session.Start(new Instant(clock.Elapsed.Ticks));
        Send();
        while (session.State == DtlsState.Handshaking)
        {
            var length = socket.ReceiveFrom(buffer, ref peer);
            session.Receive(buffer.AsSpan(0, length), new Instant(clock.Elapsed.Ticks));
            Send();
        }

        Assert.True(session.State == DtlsState.Connected, $"{session.FailureReason} {session.FailureDetail}");

        void Send()
        {
            while (session.TryTakeDatagram(buffer, out var length))
            {
                socket.SendTo(buffer.AsSpan(0, length), peer);
            }
        }
    }

    private static void AssertSameMaterial(
        SrtpMasterKey client, SrtpMasterKey server, SrtpProfile profile, Process peer)
    {
        byte[] ours = [.. client.Key, .. server.Key, .. client.Salt, .. server.Salt];
        Assert.Equal(profile, client.Profile);
        Assert.Equal(Convert.ToHexString(ours), ReadUntil(peer, MaterialPattern()).Groups["hex"].Value);
        peer.StandardInput.Close();
        peer.Kill();
    }

    private static Match ReadUntil(Process peer, Regex pattern)
    {
        // A peer that says nothing is ended, so that reading from it ends too.
        using var patience = new Timer(_ => peer.Kill(), null, PatienceMilliseconds, Timeout.Infinite);
        while (peer.StandardOutput.ReadLine() is { } line)
        {
            if (pattern.Match(line) is { Success: true } match)
            {
                return match;
            }
        }

        throw new InvalidOperationException($"openssl ended: {peer.StandardError.ReadToEnd()}");
    }

    private string PeerArguments(string srtpProfile, SrtpProfile profile) =>
        $"{CommonArguments} -keymatexportlen {DtlsSrtpKeys.MaterialBytes(profile)} -use_srtp {srtpProfile} "
        + $"-cert {CertificatePath} -key {KeyPath}";

    private string CertificatePath => Path.Combine(_folder.FullName, "certificate.pem");

    private string KeyPath => Path.Combine(_folder.FullName, "key.pem");

    private DtlsFingerprint WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=peer", key, HashAlgorithmName.SHA256);
        var now = DateTimeOffset.UtcNow;
        using var certificate = request.CreateSelfSigned(now, now.AddDays(1));
        File.WriteAllText(CertificatePath, certificate.ExportCertificatePem());
        File.WriteAllText(KeyPath, key.ExportPkcs8PrivateKeyPem());
        return new DtlsFingerprint(SHA256.HashData(certificate.RawData));
    }

    private static Process Launch(string arguments) =>
        Process.Start(new ProcessStartInfo("openssl", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
