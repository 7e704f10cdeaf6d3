using Farspan.Ice;
using Farspan.Kernel;
using Farspan.Rtp;
using Farspan.Sdp;
using Farspan.Srtp;

namespace Farspan.Media;

/// <summary>
/// One WebRTC transport for one bundle of audio with RTCP multiplexed: ICE finds the way, TURN relays it,
/// DTLS makes the keys, SRTP carries the media (RFC 8834, RFC 8445, RFC 5764). What shares the socket is told
/// apart by its first byte (RFC 7983 §7).
/// </summary>
/// <remarks>
/// <code>
///  New ─Gather─► Gathering ─► Gathered ─Connect─► Checking ─► Securing ─► Secured ─► Connected
///                    └─────────────┴─────────────────┴───────────┴───────────┴───────────┴──► Lost, Closed
/// </code>
/// <para>
/// Sans-IO: datagrams come in by the tag of their socket and go out through a sink; the owner calls
/// <see cref="Expire"/> at <see cref="Deadline"/> and takes what is in <see cref="Events"/>. Media allocates
/// nothing. Not thread-safe; one media worker owns it.
/// </para>
/// </remarks>
public sealed partial class WebRtcTransport : IDisposable
{
    private const int SocketBase = 0;
    private const int RelayBase = 1;

    private readonly WebRtcEndpoint _endpoint;
    private readonly MediaResources _resources;
    private readonly MediaSettings _settings;
    private readonly RandomSource _random;
    private readonly Outbox<TurnPathNotice> _paths;
    private readonly Outbox<IceEffect> _iceEffects = new();
    private readonly TimerTable<Timer> _timers = new();
    private readonly IceCredentials _credentials;
    private RelaySearch? _relays;
    private IceAgent? _ice;
    private IDtlsSession? _dtls;
    private SrtpSender? _protection;
    private SrtpReceiver? _verification;

    /// <param name="endpoint">Our end.</param>
    /// <param name="resources">DTLS and keys.</param>
    /// <param name="settings">Timers and policies.</param>
    /// <param name="random">For everything that is no key.</param>
    /// <param name="paths">Where TURN servers are asked for.</param>
    public WebRtcTransport(
        WebRtcEndpoint endpoint,
        MediaResources resources,
        MediaSettings settings,
        RandomSource random,
        Outbox<TurnPathNotice> paths)
    {
        _endpoint = endpoint;
        _resources = resources;
        _settings = settings;
        _random = random;
        _paths = paths;
        _credentials = IceCredentialSource.Draw(resources.Keys);
    }

    private enum Timer
    {
        /// <summary>
        /// Count as connected though nothing has come: <see cref="MediaSettings.FirstMediaPatience"/> after
        /// DTLS.
        /// </summary>
        FirstMedia,
    }

    public WebRtcState State { get; private set; }

    /// <summary>What happened; the owner takes it out after each call.</summary>
    public Outbox<WebRtcEvent> Events { get; } = new();

    /// <summary>When to call <see cref="Expire"/>; null while nothing runs.</summary>
    public Instant? Deadline { get; private set; }

    /// <summary>Where media goes, for the log; null before there is a way.</summary>
    public string? SelectedPair { get; private set; }

    public int SocketTag => _endpoint.SocketTag;

    /// <summary>Packets that failed authentication, were replayed, or came before there were keys.</summary>
    public long PacketsRefused { get; private set; }

    /// <summary>True from the moment at which media can be sent.</summary>
    public bool CanSend => State is WebRtcState.Secured or WebRtcState.Connected;

    private bool IsLive => State is not (WebRtcState.New or WebRtcState.Lost or WebRtcState.Closed);

    /// <summary>
    /// Whether a datagram that came in there is for this transport: its own socket, or a stream to one of its
    /// TURN servers.
    /// </summary>
    public bool Owns(int socketTag) =>
        socketTag == _endpoint.SocketTag || _relays?.OwnsStream(socketTag) == true;

    /// <summary>
    /// Gathers candidates: the socket's, and a relayed one if TURN servers are given. Call once.
    /// </summary>
    public void Gather(TurnServers? servers, Instant now, IDatagramSink sink)
    {
        Invariant.Require(State == WebRtcState.New);
        State = WebRtcState.Gathering;
        var policy = servers is null ? IceRelayPolicy.ByPriority : _settings.RelayPolicy;
        var role = _endpoint.Role == WebRtcRole.Offerer ? IceRole.Controlling : IceRole.Controlled;
        _ice = new IceAgent(role, _credentials, _settings.Ice with { RelayPolicy = policy }, _random);
        _ice.AddLocal(IceLocalCandidate.Host(SocketBase, _endpoint.LocalAddress));
        if (servers is null)
        {
            FinishGathering();
        }
        else
        {
            _relays = new RelaySearch(servers, _endpoint, _settings, _random, _paths);
            _relays.Begin(now);
            FollowRelays(now, sink);
        }
    }

    /// <summary>
    /// The path that <see cref="TurnPathNotice.Wanted"/> asked for is there; false if it is no longer wanted.
    /// </summary>
    public bool TryUseTurnPath(TurnPath path, Instant now, IDatagramSink sink)
    {
        if (!IsLive || _relays?.TryUse(path, now, sink) != true)
        {
            return false;
        }

        FollowRelays(now, sink);
        return true;
    }

    /// <summary>The path cannot be had, or its connection broke.</summary>
    public void FailTurnPath(int pathId, string reason, Instant now, IDatagramSink sink)
    {
        if (IsLive && _relays is not null)
        {
            _relays.Fail(pathId, reason, now);
            FollowRelays(now, sink);
        }
    }

    /// <summary>
    /// Connects to what the other half says. Once: a renegotiation leaves a transport as it is, and for an
    /// ICE restart a new one is made. Before <see cref="WebRtcEvent.Gathered"/> nobody can have answered:
    /// ignored.
    /// </summary>
    public void Connect(RemoteTransport remote, Instant now, IDatagramSink sink)
    {
        if (State != WebRtcState.Gathered)
        {
            return;
        }

        if (!IceCredentials.TryCreate(remote.IceUfrag, remote.IcePassword.Reveal(), out var credentials))
        {
            Lose(ContactLoss.IceFailed, "the answer's ICE credentials cannot be used", now, sink);
            return;
        }

        State = WebRtcState.Checking;
        BeginDtls(remote, now, sink);
        var candidates = remote.Candidates.Select(ToCandidate).OfType<IceCandidate>().ToArray();
        _ice!.Start(new IceRemoteDescription(credentials, candidates, remote.IsIceLite), now, _iceEffects);
        PerformIce(now, sink);
        Reschedule();
    }

    /// <summary>Takes a datagram; media is decrypted in place and handed back.</summary>
    /// <param name="socketTag">Where it came in.</param>
    /// <param name="from">Who sent it: a peer or a TURN server.</param>
    /// <param name="datagram">Changed in place.</param>
    /// <param name="now">The time.</param>
    /// <param name="sink">Where answers go.</param>
    /// <param name="media">Part of the datagram: an authentic RTP or RTCP packet.</param>
    /// <returns>Rtp or Rtcp if there is media, anything else if not.</returns>
    public DatagramKind Receive(
        int socketTag,
        TransportAddress from,
        Span<byte> datagram,
        Instant now,
        IDatagramSink sink,
        out Span<byte> media)
    {
        media = default;
        if (!IsLive)
        {
            return DatagramKind.Unknown;
        }

        if (_relays?.FindOwner(socketTag, from) is not { } server)
        {
            return socketTag == _endpoint.SocketTag
                ? Accept(new Way(SocketBase, from), datagram, now, sink, out media)
                : DatagramKind.Unknown;
        }

        if (!_relays.TryReceive(server, datagram, now, sink, out var data))
        {
            FollowRelays(now, sink);
            return DatagramKind.Unknown;
        }

        ((ReadOnlySpan<byte>)datagram).Overlaps(data.Payload, out var offset);
        var payload = datagram.Slice(offset, data.Payload.Length);
        return Accept(new Way(RelayBase, data.Peer), payload, now, sink, out media);
    }

    /// <summary>Protects an RTP packet and sends it the selected way; false while there is none.</summary>
    public bool SendRtp(ReadOnlySpan<byte> packet, IDatagramSink sink) =>
        Send(packet, isControl: false, sink);

    /// <summary>The same for a compound RTCP packet.</summary>
    public bool SendRtcp(ReadOnlySpan<byte> packet, IDatagramSink sink) =>
        Send(packet, isControl: true, sink);

    /// <summary>Does what is due at <paramref name="now"/>.</summary>
    public void Expire(Instant now, IDatagramSink sink)
    {
        if (!IsLive || Deadline is not { } deadline || deadline > now)
        {
            return;
        }

        _relays?.Expire(now, sink);
        FollowRelays(now, sink);
        if (IsLive && _ice!.Deadline <= now)
        {
            _ice.Expire(now, _iceEffects);
            PerformIce(now, sink);
        }

        if (IsLive && _dtls?.Deadline <= now)
        {
            _dtls.Expire(now);
            FollowDtls(now, sink);
        }

        if (IsLive && _timers.TryExpire(Timer.FirstMedia, now))
        {
            BecomeConnected();
        }

        Reschedule();
    }

    /// <summary>Says good-bye where that is possible, and sends nothing any more.</summary>
    public void Close(Instant now, IDatagramSink sink)
    {
        if (IsLive)
        {
            _dtls?.Close();
            SendDtls(now, sink);
            End(WebRtcState.Closed, now, sink);
        }
    }

    public void Dispose() => _dtls?.Dispose();

    private bool Send(ReadOnlySpan<byte> packet, bool isControl, IDatagramSink sink)
    {
        if (_protection is null || !CanSend || !_ice!.TrySelect(out var baseId, out var remote))
        {
            return false;
        }

        var room = sink.Reserve();
        var body = baseId == RelayBase ? room[Stun.TurnChannelData.HeaderBytes..] : room;
        packet.CopyTo(body);
        var isProtected = isControl
            ? _protection.TryProtectControl(body, packet.Length, out var bytes, out _)
            : _protection.TryProtect(body, packet.Length, out bytes, out _);
        if (!isProtected)
        {
            return false;
        }

        if (baseId == RelayBase)
        {
            return _relays!.Found is { } relay && relay.TryForward(remote, room, bytes, sink);
        }

        sink.Commit(_endpoint.SocketTag, remote, bytes);
        return true;
    }

    private void Lose(ContactLoss loss, string detail, Instant now, IDatagramSink sink)
    {
        if (IsLive)
        {
            End(WebRtcState.Lost, now, sink);
            Events.Add(new WebRtcEvent.Lost(loss, detail));
        }
    }

    private void End(WebRtcState state, Instant now, IDatagramSink sink)
    {
        State = state;
        Deadline = null;
        _ice?.Close();
        _relays?.Close(now, sink);
        _timers.StopAll();
        _protection = null;
        _verification = null;
    }

    private void Reschedule() => Deadline = !IsLive
        ? null
        : Instant.Earlier(
            Instant.Earlier(_relays?.Deadline, _ice?.Deadline),
            Instant.Earlier(_dtls?.Deadline, _timers.Next));

    /// <summary>From where a datagram came, or to where one goes.</summary>
    private readonly record struct Way(int BaseId, TransportAddress Remote);
}
