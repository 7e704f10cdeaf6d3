using System.Net;
using Farspan.Audio;
using Farspan.Kernel;
using Farspan.Rtp;
using Farspan.Sdp;

namespace Farspan.Media;

/// <summary>
/// The carrier's side of a call's media: RTP and RTCP on two sockets or one (RFC 3550, RFC 5761), plain or
/// SRTP, in any of its codecs; PCM in frames of 20 ms towards us. It may be re-configured at any time, which
/// leaves no gap.
/// </summary>
internal sealed class CarrierMedia : IDisposable
{
    private static readonly TransportAddress AnyIPv4 = TransportAddress.From(IPAddress.Any, 0);
    private static readonly TransportAddress AnyIPv6 = TransportAddress.From(IPAddress.IPv6Any, 0);

    private readonly MediaSettings _settings;
    private readonly RandomSource _random;
    private readonly string _canonicalName;
    private readonly SourceLatch _latch = new();
    private readonly CarrierKeys _keys;
    private readonly CarrierReception _reception;
    private readonly CarrierTransmission _transmission;
    private NegotiatedAudio? _audio;
    private RtcpSession? _rtcp;
    private TransportAddress _reportsFrom;
    private Instant _heardAt;
    private bool _hasReportedSilence;
    private bool _wasFlowing;

    public CarrierMedia(MediaSettings settings, MediaResources resources, RandomSource random)
    {
        _settings = settings;
        _random = random;
        _canonicalName = random.NextHex(16);
        _keys = new CarrierKeys(resources.Sha1);
        _reception = new CarrierReception(settings, resources, random);
        _transmission = new CarrierTransmission(resources, random);
    }

    /// <summary>At which the bridge works with this carrier: nothing is resampled.</summary>
    public int SampleRateHz { get; private set; } = 8_000;

    /// <summary>
    /// Whether its packets are what a WebRTC participant takes and sends: Opus of 20 ms, which need not be
    /// transcoded.
    /// </summary>
    public bool SpeaksOpusOfOneTick =>
        _audio is { Codec: AudioCodec.Opus } audio && audio.PacketTime == MediaSettings.TickInterval;

    /// <summary>Keys that were pressed; the owner takes them out.</summary>
    public Outbox<CarrierDigit> Digits => _reception.Digits;

    private MediaSideCounters Counters => _reception.Counters;

    private bool MaySend => _audio is { } audio && audio.Direction.Sends() && IsReachable(_latch.Target);

    private int ReportTag => _audio?.IsRtcpMultiplexed == true
        ? MediaSocketTags.CarrierRtp
        : MediaSocketTags.CarrierRtcp;

    // Where reports come from, they are taken too; before one came the description counts.
    private TransportAddress ReportTarget => ReportTag == MediaSocketTags.CarrierRtp
        ? _latch.Target
        : _reportsFrom.IsNone ? _audio?.RemoteRtcp ?? default : _reportsFrom;

    private bool MayReceive => _audio is { } audio && audio.Direction.Receives();

    /// <summary>Any thread.</summary>
    public MediaSideReport Report() => Counters.Report();

    public void Configure(NegotiatedAudio audio, Instant now)
    {
        SampleRateHz = RateFor(audio.Codec);
        var clockRateHz = audio.Codec.RtpClockRateHz();
        if (_rtcp is null || _audio?.Codec.RtpClockRateHz() != clockRateHz)
        {
            _rtcp = new RtcpSession(ReportingAt(clockRateHz), _random, now);
        }

        _keys.Configure(audio.LocalCrypto, audio.RemoteCrypto);
        _reception.Configure(audio, SampleRateHz);
        _transmission.Configure(audio, SampleRateHz);
        _latch.Configure(audio.RemoteRtp, now + _settings.LatchingWindow);
        _reportsFrom = default;
        _audio = audio;
        Listen(now);
    }

    /// <summary>The call was answered: media that begins now may still show where it comes from.</summary>
    public void Reopen(Instant now)
    {
        _latch.Open(now + _settings.LatchingWindow);
        Listen(now);
    }

    /// <summary>Takes a datagram of one of the carrier's sockets; it is changed in place.</summary>
    public void Receive(int socketTag, TransportAddress from, Span<byte> datagram, Instant now)
    {
        var isAccepted = RtcpMux.Classify(datagram) switch
        {
            DatagramKind.Rtp => socketTag == MediaSocketTags.CarrierRtp && TryReceiveRtp(from, datagram, now),
            DatagramKind.Rtcp => TryReceiveReport(from, datagram, now),
            _ => false,
        };
        if (!isAccepted)
        {
            Counters.CountRefused();
        }
    }

    /// <summary>
    /// Fills a frame with what the phone says next; false, and silence, if it says nothing or may not.
    /// </summary>
    public bool Read(Span<short> pcm, Instant now)
    {
        var isThere = _reception.Read(pcm, now);
        if (!MayReceive)
        {
            pcm.Clear();
        }

        return isThere && MayReceive;
    }

    /// <summary>Sends a frame, in as many packets as the packet time makes of it.</summary>
    public void Write(ReadOnlySpan<short> pcm, Instant now, IDatagramSink sink)
    {
        if (!MaySend)
        {
            _transmission.Pause(MediaSettings.TickInterval);
            return;
        }

        _transmission.Write(pcm);
        var room = sink.Reserve();
        while (_transmission.TryTakePacket(room[..MediaLimits.MaxRtpBytes], out var header, out var bytes))
        {
            Send(header, room, bytes, now, sink);
            room = sink.Reserve();
        }
    }

    /// <summary>What the phone says next, as it encoded it.</summary>
    public ForwardVerdict Forward(Instant now, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        return MayReceive ? _reception.Forward(now, out payload) : ForwardVerdict.Unfit;
    }

    /// <summary>
    /// Sends an Opus payload of one tick as it is; an empty one is a packet that was lost on its way here.
    /// </summary>
    public void WriteEncoded(ReadOnlySpan<byte> payload, Instant now, IDatagramSink sink)
    {
        if (!MaySend)
        {
            _transmission.Pause(MediaSettings.TickInterval);
            return;
        }

        var room = sink.Reserve();
        var packet = room[..MediaLimits.MaxRtpBytes];
        if (_transmission.TryWriteEncoded(payload, packet, out var header, out var bytes))
        {
            Send(header, room, bytes, now, sink);
        }
    }

    /// <summary>Lets time pass in which nothing could be sent.</summary>
    public void Skip(TimeSpan time) => _transmission.Pause(time);

    /// <summary>Does what is due; call it each tick.</summary>
    public void Expire(Instant now, IDatagramSink sink)
    {
        _reception.Expire(now);
        if (_rtcp?.Deadline <= now)
        {
            SendReport(isLast: false, now, sink);
        }
    }

    /// <summary>
    /// True once for each time that the carrier, though it may speak, is silent for longer than the setting.
    /// </summary>
    public bool TryTakeSilence(Instant now, out TimeSpan silence)
    {
        silence = now - _heardAt;
        var isNews = MayReceive && !_hasReportedSilence && silence >= _settings.CarrierSilence;
        _hasReportedSilence |= isNews;
        return isNews;
    }

    /// <summary>True whenever packets begin to come, or have not come for
    /// <see cref="MediaLimits.EdgeSilence"/>.</summary>
    public bool TryTakeFlow(Instant now, out bool isFlowing)
    {
        isFlowing = _audio is not null && now - _heardAt < MediaLimits.EdgeSilence;
        var isNews = isFlowing != _wasFlowing;
        _wasFlowing = isFlowing;
        return isNews;
    }

    public void Close(Instant now, IDatagramSink sink)
    {
        if (_rtcp is not null)
        {
            SendReport(isLast: true, now, sink);
        }

        _audio = null;
    }

    public void Dispose()
    {
        _reception.Dispose();
        _transmission.Dispose();
    }

    private static int RateFor(AudioCodec codec) =>
        codec is AudioCodec.Pcmu or AudioCodec.Pcma ? 8_000 : 16_000;

    // RFC 3264 §8.4 and its forerunner hold with 0.0.0.0; port 0 refuses the stream.
    private static bool IsReachable(TransportAddress address) =>
        address.Port != 0 && !address.HasAddressOf(AnyIPv4) && !address.HasAddressOf(AnyIPv6);

    private RtcpSettings ReportingAt(int clockRateHz) => new()
    {
        Ssrc = _transmission.Ssrc,
        ClockRateHz = clockRateHz,
        CanonicalName = _canonicalName,
        MinInterval = _settings.ReportInterval,
    };

    private void Listen(Instant now) => (_heardAt, _hasReportedSilence) = (now, false);

    private void Send(in RtpHeader header, Span<byte> room, int bytes, Instant now, IDatagramSink sink)
    {
        var payloadBytes = bytes - RtpHeader.Bytes;
        if (_keys.TryProtect(room, ref bytes))
        {
            sink.Commit(MediaSocketTags.CarrierRtp, _latch.Target, bytes);
            _rtcp!.CountSent(header, payloadBytes, now);
            Counters.CountSent();
        }
    }

    private bool TryReceiveRtp(TransportAddress from, Span<byte> datagram, Instant now)
    {
        if (_audio is null
            || !RtpPacketView.TryDecode(datagram, out var claimed, out _)
            || !_reception.Knows(claimed.Header.PayloadType)
            || !_latch.MayBe(from, claimed.Header.Ssrc, now)
            || !_keys.TryVerify(datagram, out var bytes)
            || !RtpPacketView.TryDecode(datagram[..bytes], out var packet, out _))
        {
            return false;
        }

        _latch.Accept(from, packet.Header.Ssrc);
        Listen(now);
        Counters.CountReceived();
        if (_rtcp!.CountReceived(packet.Header, now) && MayReceive)
        {
            _reception.Accept(packet, now);
        }

        return true;
    }

    private bool TryReceiveReport(TransportAddress from, Span<byte> datagram, Instant now)
    {
        if (_rtcp is null || !MayReport(from) || !_keys.TryVerifyControl(datagram, out var bytes))
        {
            return false;
        }

        _reportsFrom = from;
        _rtcp.Receive(datagram[..bytes], now);
        return true;
    }

    private bool MayReport(TransportAddress from) =>
        from == _audio?.RemoteRtcp || from.HasAddressOf(_latch.Target);

    private void SendReport(bool isLast, Instant now, IDatagramSink sink)
    {
        Counters.Follow(_rtcp!);
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
