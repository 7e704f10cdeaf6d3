using System.Net;
using Farspan.Audio;
using Farspan.Kernel;
using Farspan.Rtp;
using Farspan.Sdp;

namespace Farspan.Media;

/// <summary>
/// One side of a relay: its keys, where its peer is, the stream that goes there, RTCP (RFC 3550, RFC 4568,
/// RFC 5761). Packets are authenticated and handed on as they were encoded.
/// </summary>
internal sealed class RelaySide
{
    private static readonly TransportAddress AnyIPv4 = TransportAddress.From(IPAddress.Any, 0);
    private static readonly TransportAddress AnyIPv6 = TransportAddress.From(IPAddress.IPv6Any, 0);

    private readonly MediaSettings _settings;
    private readonly MediaResources _resources;
    private readonly RandomSource _random;
    private readonly RelayTags _tags;
    private readonly string _canonicalName;
    private readonly MediaSideCounters _counters = new();
    private readonly SourceLatch? _latch;
    private CarrierKeys _keys;
    private RelayStream _stream;
    private RtcpSession? _rtcp;
    private TransportAddress _reportsFrom;

    /// <param name="settings">Windows and intervals.</param>
    /// <param name="resources">For SRTP.</param>
    /// <param name="random">For the stream's identity.</param>
    /// <param name="tags">The side's sockets.</param>
    /// <param name="learnsSource">Whether the peer may be behind NAT: else only its announced address
    /// counts.</param>
    public RelaySide(
        MediaSettings settings,
        MediaResources resources,
        RandomSource random,
        RelayTags tags,
        bool learnsSource)
    {
        (_settings, _resources, _random, _tags) = (settings, resources, random, tags);
        _canonicalName = random.NextHex(16);
        _latch = learnsSource ? new SourceLatch() : null;
        _keys = new CarrierKeys(resources.Sha1);
        _stream = new RelayStream(random.NextUInt32(), random);
    }

    /// <summary>What was agreed with the peer; null before, and after the end.</summary>
    public NegotiatedAudio? Audio { get; private set; }

    /// <summary>When the peer was heard last, or when it was first to be expected.</summary>
    public Instant HeardAt { get; private set; }

    public bool MaySend => Audio is { } audio && audio.Direction.Sends() && IsReachable(Target);

    public bool MayReceive => Audio is { } audio && audio.Direction.Receives();

    private TransportAddress Target => _latch?.Target ?? Audio?.RemoteRtp ?? default;

    private int ReportTag => Audio?.IsRtcpMultiplexed == true ? _tags.Rtp : _tags.Rtcp;

    private TransportAddress ReportTarget => ReportTag == _tags.Rtp
        ? Target
        : _reportsFrom.IsNone ? Audio?.RemoteRtcp ?? default : _reportsFrom;

    /// <summary>Any thread.</summary>
    public MediaSideReport Report() => _counters.Report();

    public void Configure(NegotiatedAudio audio, Instant now)
    {
        var clockRateHz = audio.Codec.RtpClockRateHz();
        if (_rtcp is null || Audio?.Codec.RtpClockRateHz() != clockRateHz)
        {
            _rtcp = CreateReports(clockRateHz, now);
        }

        _keys.Configure(audio.LocalCrypto, audio.RemoteCrypto);
        _latch?.Configure(audio.RemoteRtp, now + _settings.LatchingWindow);
        _reportsFrom = default;
        Audio = audio;
        HeardAt = now;
    }

    /// <summary>
    /// Another peer from now on: nothing of the one before is understood or used any more, and what we send
    /// has another source under another key.
    /// </summary>
    public void Replace(NegotiatedAudio audio, Instant now)
    {
        _keys = new CarrierKeys(_resources.Sha1);
        _stream = new RelayStream(_random.NextUInt32(), _random);
        _rtcp = null;
        Configure(audio, now);
    }

    /// <summary>The call was answered: media that begins now may still show where it comes from.</summary>
    public void Reopen(Instant now)
    {
        _latch?.Open(now + _settings.LatchingWindow);
        HeardAt = now;
    }

    /// <summary>Takes a datagram of the side's sockets; true with an RTP packet to be handed on.</summary>
    public bool TryReceive(
        int socketTag, in TransportAddress from, Span<byte> datagram, Instant now, out RtpPacketView packet)
    {
        packet = default;
        var kind = RtcpMux.Classify(datagram);
        var isAccepted = kind switch
        {
            DatagramKind.Rtp => socketTag == _tags.Rtp && TryReceiveRtp(from, datagram, now, out packet),
            DatagramKind.Rtcp => TryReceiveReport(from, datagram, now),
            _ => false,
        };
        if (!isAccepted)
        {
            _counters.CountRefused();
        }

        return isAccepted && kind == DatagramKind.Rtp && MayReceive;
    }

    /// <summary>Sends what the other side said, under this side's identity and keys.</summary>
    public void Forward(
        in RtpHeader incoming, byte payloadType, ReadOnlySpan<byte> payload, Instant now, IDatagramSink sink)
    {
        if (!MaySend || RtpHeader.Bytes + payload.Length > MediaLimits.MaxRtpBytes)
        {
            return;
        }

        var clockRateHz = Audio!.Codec.RtpClockRateHz();
        if (_stream.TryMap(incoming, payloadType, clockRateHz, now, out var header))
        {
            Send(header, payload, now, sink);
        }
    }

    /// <summary>Sends a frame of our own making.</summary>
    public void Insert(ReadOnlySpan<byte> payload, TimeSpan length, Instant now, IDatagramSink sink)
    {
        var clockRateHz = Audio!.Codec.RtpClockRateHz();
        var units = (uint)(length.Ticks * clockRateHz / TimeSpan.TicksPerSecond);
        var header = _stream.Insert((byte)Audio.PayloadType, units, clockRateHz, now);
        Send(header, payload, now, sink);
    }

    /// <summary>Does what is due; call it each tick.</summary>
    public void Expire(Instant now, IDatagramSink sink)
    {
        if (_rtcp?.Deadline <= now)
        {
            SendReport(isLast: false, now, sink);
        }
    }

    public void Close(Instant now, IDatagramSink sink)
    {
        if (_rtcp is not null)
        {
            SendReport(isLast: true, now, sink);
        }

        Audio = null;
    }

    /// <summary>Neither sends nor hears any more.</summary>
    public void Fence() => (Audio, _rtcp) = (null, null);

    // RFC 3264 §8.4 and its forerunner hold with 0.0.0.0; port 0 refuses the stream.
    private static bool IsReachable(TransportAddress address) =>
        address.Port != 0 && !address.HasAddressOf(AnyIPv4) && !address.HasAddressOf(AnyIPv6);

    private RtcpSession CreateReports(int clockRateHz, Instant now)
    {
        var settings = new RtcpSettings
        {
            Ssrc = _stream.Ssrc,
            ClockRateHz = clockRateHz,
            CanonicalName = _canonicalName,
            MinInterval = _settings.ReportInterval,
        };
        return new RtcpSession(settings, _random, now);
    }

    private bool MayBe(in TransportAddress from, uint ssrc, Instant now) =>
        _latch?.MayBe(from, ssrc, now) ?? from == Audio!.RemoteRtp;

    private bool TryReceiveRtp(
        in TransportAddress from, Span<byte> datagram, Instant now, out RtpPacketView packet)
    {
        packet = default;
        if (Audio is null
            || !RtpPacketView.TryDecode(datagram, out var claimed, out _)
            || RelayFormats.Find(Audio, claimed.Header.PayloadType) == RelayFormat.Unknown
            || !MayBe(from, claimed.Header.Ssrc, now)
            || !_keys.TryVerify(datagram, out var bytes)
            || !RtpPacketView.TryDecode(datagram[..bytes], out packet, out _))
        {
            return false;
        }

        _latch?.Accept(from, packet.Header.Ssrc);
        HeardAt = now;
        _counters.CountReceived();
        return _rtcp!.CountReceived(packet.Header, now);
    }

    private bool TryReceiveReport(in TransportAddress from, Span<byte> datagram, Instant now)
    {
        var isKnown = from == Audio?.RemoteRtcp || from.HasAddressOf(Target);
        if (_rtcp is null || !isKnown || !_keys.TryVerifyControl(datagram, out var bytes))
        {
            return false;
        }

        _reportsFrom = from;
        _rtcp.Receive(datagram[..bytes], now);
        return true;
    }

    private void Send(in RtpHeader header, ReadOnlySpan<byte> payload, Instant now, IDatagramSink sink)
    {
        var room = sink.Reserve();
        header.Encode(room);
        payload.CopyTo(room[RtpHeader.Bytes..]);
        var bytes = RtpHeader.Bytes + payload.Length;
        if (_keys.TryProtect(room, ref bytes))
        {
            sink.Commit(_tags.Rtp, Target, bytes);
            _rtcp!.CountSent(header, payload.Length, now);
            _counters.CountSent();
        }
    }

    private void SendReport(bool isLast, Instant now, IDatagramSink sink)
    {
        _counters.Follow(_rtcp!);
        var room = sink.Reserve();
        int bytes;
        if (isLast)
        {
            bytes = _rtcp!.WriteGoodbye(now, room);
        }
        else if (!_rtcp!.TryWriteReport(now, room, out bytes))
        {
            return;
        }

        if (IsReachable(ReportTarget) && _keys.TryProtectControl(room, ref bytes))
        {
            sink.Commit(ReportTag, ReportTarget, bytes);
        }
    }
}

/// <summary>The sockets of one side: see <see cref="MediaSocketTags"/>.</summary>
internal readonly record struct RelayTags(int Rtp, int Rtcp);
