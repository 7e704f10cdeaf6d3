using System.Security.Cryptography;
using Farspan.Audio;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Native;
using Farspan.Sdp;

namespace Farspan.ConnectEmulator;

/// <summary>
/// Makes connections that answer offers: a transport with all its candidates, keys and names.
/// </summary>
internal sealed class LinkBuilder : IDisposable
{
    private static readonly MediaSettings Settings = new();

    private readonly CandidateAddresses _addresses;
    private readonly MediaResources _resources;

    public LinkBuilder(CandidateAddresses addresses, IAudioCodecFactory codecs)
    {
        _addresses = addresses;
        _resources = new MediaResources
        {
            Dtls = new OpenSslDtlsSessionFactory(),
            Codecs = codecs,
            Keys = RandomNumberGenerator.Fill,
            Sha1 = OpenSslSha1.TryCreate(),
        };
    }

    /// <summary>Begins nothing yet: that is done where the connection lives.</summary>
    /// <param name="offer">Whose.</param>
    /// <param name="remote">What the offer says.</param>
    /// <param name="port">Of the meeting's socket.</param>
    /// <param name="now">The time.</param>
    /// <param name="local">What the answer says.</param>
    public MeetingLink Build(
        MediaOffer offer, RemoteTransport remote, ushort port, Instant now, out LocalTransport local)
    {
        var random = new RandomSource(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))));
        var endpoint = new WebRtcEndpoint
        {
            Role = WebRtcRole.Answerer,
            SocketTag = 0,
            LocalAddress = _addresses.Best(port),
            Ssrc = random.NextUInt32(),
            CanonicalName = random.NextHex(16),
        };
        var paths = new Outbox<TurnPathNotice>();
        var transport = new WebRtcTransport(endpoint, _resources, Settings, random, paths);
        transport.Gather(servers: null, now, NoSink.Instance);
        var gathered = transport.Events.Drain().OfType<WebRtcEvent.Gathered>().Single().Transport;
        local = gathered with { Candidates = [.. gathered.Candidates, .. _addresses.Others(port)] };
        return new MeetingLink(offer, transport, local, (byte)remote.OpusPayloadType, random, now);
    }

    public void Dispose() => _resources.Dtls.Dispose();

    /// <summary>Gathering without TURN servers sends nothing.</summary>
    private sealed class NoSink : IDatagramSink
    {
        public static readonly NoSink Instance = new();

        public Span<byte> Reserve() => throw Invariant.Unreachable(this);

        public void Commit(int socketTag, in TransportAddress to, int bytes) =>
            throw Invariant.Unreachable(this);

        public void Send(int socketTag, in TransportAddress to, ReadOnlySpan<byte> datagram) =>
            throw Invariant.Unreachable(this);
    }
}
