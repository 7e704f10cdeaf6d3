using Farspan.Audio;
using Farspan.Kernel;
using Farspan.Rtp;

namespace Farspan.Media;

/// <summary>
/// The audio of one WebRTC participant: PCM in and out in frames of 20 ms, Opus at 48 kHz clock on the wire (RFC 7587), over a transport
/// that may be replaced while it carries audio (a re-join).
/// </summary>
/// <remarks>
/// The owner writes one frame a tick: far ends such as Amazon Chime take a stream that pauses for a dead one. What changes about the
/// transport is in <see cref="Events"/>. Media allocates nothing. Not thread-safe.
/// </remarks>
public sealed partial class WebRtcMedia : IDisposable
{
    /// <summary>Our number for Opus, which the offer names and nearly every answer repeats.</summary>
    public const byte OpusPayloadType = 111;

    private const int ClockRateHz = 48_000;
    private const uint TickUnits = 960;

    private readonly WebRtcRole _role;
    private readonly MediaResources _resources;
    private readonly MediaSettings _settings;
    private readonly RandomSource _random;
    private readonly Outbox<TurnPathNotice> _paths;
    private readonly MediaSideCounters _counters = new();
    private readonly RtpNumbering _numbering;
    private readonly RtcpSession _rtcp;
    private readonly string _canonicalName;
    private readonly byte[] _packet = new byte[MediaLimits.MaxRtpBytes];
    private WebRtcTransport? _active;
    private WebRtcTransport? _joining;
    private Playout _playout;
    private IAudioEncoder _encoder;
    private byte _payloadType = OpusPayloadType;
    private int _nextPathId;
    private long _refusedEarlier;

    /// <param name="role">Of every transport of this participant.</param>
    /// <param name="resources">DTLS, keys and codecs; Opus must be among them.</param>
    /// <param name="settings">Timers and policies.</param>
    /// <param name="random">For everything that is no key.</param>
    /// <param name="paths">Where TURN servers are asked for.</param>
    /// <param name="now">The time.</param>
    public WebRtcMedia(
        WebRtcRole role,
        MediaResources resources,
        MediaSettings settings,
        RandomSource random,
        Outbox<TurnPathNotice> paths,
        Instant now)
    {
        _role = role;
        _resources = resources;
        _settings = settings;
        _random = random;
        _paths = paths;
        _numbering = new RtpNumbering(random.NextUInt32(), random);
        _canonicalName = random.NextHex(16);
        var rtcp = new RtcpSettings
        {
            Ssrc = _numbering.Ssrc,
            ClockRateHz = ClockRateHz,
            CanonicalName = _canonicalName,
            MinInterval = settings.ReportInterval,
        };
        _rtcp = new RtcpSession(rtcp, random, now);
        (_playout, _encoder) = CreateCodecs(8_000);
    }

    /// <summary>What happened; the owner takes it out after each call.</summary>
    public Outbox<WebRtcEvent> Events { get; } = new();

    /// <summary>The rate of the PCM on both ways.</summary>
    public int SampleRateHz => _encoder.SampleRateHz;

    /// <summary>Samples of the frame of one tick.</summary>
    public int FrameSamples => (int)(SampleRateHz * MediaSettings.TickInterval.Ticks / TimeSpan.TicksPerSecond);

    /// <summary>True while a connected transport carries audio.</summary>
    public bool IsConnected => _active is not null;

    /// <summary>Of the transport that carries audio; null while there is none.</summary>
    public int? ActiveSocketTag => _active?.SocketTag;

    /// <summary>Of the transport that carries audio, for the log.</summary>
    public string? SelectedPair => _active?.SelectedPair;

    /// <summary>Any thread.</summary>
    public MediaSideReport Report() => _counters.Report();

    /// <summary>Works at another rate from now on: 8,000, 16,000, 24,000 or 48,000 Hz.</summary>
    public void UseRate(int sampleRateHz)
    {
        if (sampleRateHz == SampleRateHz)
        {
            return;
        }

        _counters.Keep(_playout.Counters);
        _playout.Dispose();
        _encoder.Dispose();
        (_playout, _encoder) = CreateCodecs(sampleRateHz);
    }

    /// <summary>Fills a frame with what the far end says next; false, and silence, if it says nothing.</summary>
    public bool Read(Span<short> pcm, Instant now)
    {
        var isThere = _playout.Read(pcm, now);
        _counters.Follow(_playout.Counters);
        return isThere;
    }

    /// <summary>What the far end says next, as it encoded it.</summary>
    internal ForwardVerdict Forward(Instant now, out ReadOnlySpan<byte> payload)
    {
        var verdict = _playout.Forward(now, out payload);
        _counters.Follow(_playout.Counters);
        return verdict;
    }

    /// <summary>Sends the frame of this tick.</summary>
    public void Write(ReadOnlySpan<short> pcm, Instant now, IDatagramSink sink)
    {
        if (HasWay)
        {
            SendPacket(_encoder.Encode(pcm, _packet.AsSpan(RtpHeader.Bytes)), now, sink);
        }

        _numbering.Pass(TickUnits);
    }

    /// <summary>Sends an Opus payload of 20 ms as it is in the stead of a frame; an empty one is a packet that was lost on its way here.</summary>
    public void WriteEncoded(ReadOnlySpan<byte> payload, Instant now, IDatagramSink sink)
    {
        if (HasWay && payload.TryCopyTo(_packet.AsSpan(RtpHeader.Bytes)))
        {
            SendPacket(payload.Length, now, sink);
        }

        _numbering.Pass(TickUnits);
    }

    /// <summary>Lets ticks pass in which nothing could be sent: the clock of the stream goes on.</summary>
    public void Skip(int ticks) => _numbering.Pass((uint)ticks * TickUnits);

    /// <summary>Does what is due, reports included; call it each tick.</summary>
    public void Expire(Instant now, IDatagramSink sink)
    {
        Expire(_active, now, sink);
        Expire(_joining, now, sink);
        if (now >= _rtcp.Deadline && HasWay)
        {
            SendReport(now, sink);
        }
    }

    /// <summary>Leaves; sends nothing any more.</summary>
    public void Close(Instant now, IDatagramSink sink)
    {
        if (HasWay)
        {
            var length = _rtcp.WriteGoodbye(now, _packet);
            _active?.SendRtcp(_packet.AsSpan(0, length), sink);
        }

        Drop(ref _active, now, sink);
        Drop(ref _joining, now, sink);
    }

    public void Dispose()
    {
        _active?.Dispose();
        _joining?.Dispose();
        _playout.Dispose();
        _encoder.Dispose();
    }

    private bool HasWay => _active is { CanSend: true } || _joining is { CanSend: true };

    private void SendPacket(int payloadBytes, Instant now, IDatagramSink sink)
    {
        var header = _numbering.Next(_payloadType);
        if (payloadBytes == 0)
        {
            return;
        }

        header.Encode(_packet);
        var packet = _packet.AsSpan(0, RtpHeader.Bytes + payloadBytes);

        // While a new transport is proved, both carry audio: nobody waits for the other side to speak first.
        var isSent = _active?.SendRtp(packet, sink) == true;
        if (_joining?.SendRtp(packet, sink) == true || isSent)
        {
            _rtcp.CountSent(header, payloadBytes, now);
            _counters.CountSent();
        }
    }

    private void SendReport(Instant now, IDatagramSink sink)
    {
        if (_rtcp.TryWriteReport(now, _packet, out var length))
        {
            (_active ?? _joining)!.SendRtcp(_packet.AsSpan(0, length), sink);
            _counters.Follow(_rtcp);
        }
    }

    private (Playout Playout, IAudioEncoder Encoder) CreateCodecs(int sampleRateHz)
    {
        Invariant.Require(_resources.Codecs.TryCreateDecoder(AudioCodec.Opus, sampleRateHz, out var decoder));
        Invariant.Require(_resources.Codecs.TryCreateEncoder(AudioCodec.Opus, sampleRateHz, out var encoder));
        var jitter = new JitterBufferSettings
        {
            ClockRateHz = ClockRateHz,
            MinDelay = _settings.MinJitterDelay,
            InitialDelay = _settings.InitialJitterDelay,
            MaxDelay = _settings.MaxJitterDelay,
            CapacityPackets = MediaLimits.JitterPackets,
            MaxPayloadBytes = MediaLimits.MaxOpusPayloadBytes,
        };
        return (new Playout(jitter, decoder, _random), encoder);
    }
}
