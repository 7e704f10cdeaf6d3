using Farspan.Audio;
using Farspan.Kernel;
using Farspan.Rtp;
using Farspan.Sdp;

namespace Farspan.Media;

/// <summary>
/// The media of a call at the edge: RTP or SRTP with the carrier, RTP or SRTP with a connector, handed on as it
/// was encoded. The carrier hears one stream of one source whatever becomes of the connector: another one can
/// take its place at once, and comfort audio fills in while there is none.
/// </summary>
/// <remarks>
/// <code>
///  carrier ─► RelaySide ─ format ─► RelayStream, keys ─► connector
///          ◄─ RelayStream, keys ◄─ format ─ RelaySide ◄─
///                 ▲ ComfortLoops, 200 ms after the last packet from inside
/// </code>
/// Pure. A packet allocates nothing. One worker owns it.
/// </remarks>
public sealed class RelaySession
{
    private readonly MediaSettings _media;
    private readonly RelaySettings _settings;
    private readonly ComfortLoops _comfort;
    private readonly RelaySide _carrier;
    private readonly RelaySide _inner;
    private bool _isOpen;
    private bool _isHushed;
    private Instant? _turnedAt;
    private bool _isInnerSilent;
    private bool _isCarrierSilent;
    private int _comfortPlace;

    /// <param name="mediaId">Names the session in its events.</param>
    /// <param name="media">Windows and intervals that every media session has.</param>
    /// <param name="settings">Those of relays.</param>
    /// <param name="resources">For SRTP and seeds.</param>
    /// <param name="comfort">Of the whole process.</param>
    public RelaySession(
        long mediaId,
        MediaSettings media,
        RelaySettings settings,
        MediaResources resources,
        ComfortLoops comfort)
    {
        (MediaId, _media, _settings, _comfort) = (mediaId, media, settings, comfort);
        Span<byte> seed = stackalloc byte[sizeof(ulong)];
        resources.Keys(seed);
        var random = new RandomSource(BitConverter.ToUInt64(seed));
        _carrier = new RelaySide(
            media, resources, random, new(MediaSocketTags.CarrierRtp, MediaSocketTags.CarrierRtcp), true);
        _inner = new RelaySide(
            media, resources, random, new(MediaSocketTags.InnerRtp, MediaSocketTags.InnerRtcp), false);
    }

    public long MediaId { get; }

    /// <summary>What the call is to be told; the owner takes it out.</summary>
    public Outbox<MediaEvent> Events { get; } = new();

    /// <summary>Any thread.</summary>
    public MediaReport Report() => new(_carrier.Report(), _inner.Report());

    public void ConfigureCarrier(NegotiatedAudio audio, Instant now)
    {
        _carrier.Configure(audio, now);
        _isCarrierSilent = false;
    }

    /// <summary>Sets or changes the inner side.</summary>
    /// <param name="audio">What was agreed.</param>
    /// <param name="isNewPeer">Whether another connector takes the place of the one before.</param>
    /// <param name="now">The time.</param>
    public void ConfigureInner(NegotiatedAudio audio, bool isNewPeer, Instant now)
    {
        if (isNewPeer)
        {
            _inner.Replace(audio, now);
        }
        else
        {
            _inner.Configure(audio, now);
        }

        _isInnerSilent = false;
    }

    /// <summary>Whether the two sides hear each other; before, and after, the carrier hears nothing.</summary>
    public void Bridge(bool isOpen, Instant now)
    {
        _isOpen = isOpen;
        _carrier.Reopen(now);
        _inner.Reopen(now);
        _isInnerSilent = false;
    }

    /// <summary>Takes a datagram of one of the four sockets; it is changed in place.</summary>
    public void Receive(
        int socketTag, in TransportAddress from, Span<byte> datagram, Instant now, IDatagramSink sink)
    {
        NoteTurn(now);
        var isCarrier = socketTag is MediaSocketTags.CarrierRtp or MediaSocketTags.CarrierRtcp;
        var (source, target) = isCarrier ? (_carrier, _inner) : (_inner, _carrier);
        if (!source.TryReceive(socketTag, from, datagram, now, out var packet))
        {
            return;
        }

        if (isCarrier)
        {
            _isCarrierSilent = false;
        }
        else
        {
            NoteInner();
        }

        if (_isOpen && !_isHushed && target.Audio is { } taken)
        {
            var format = RelayFormats.Find(source.Audio!, packet.Header.PayloadType);
            if (RelayFormats.TryTranslate(format, source.Audio!, taken, out var payloadType))
            {
                target.Forward(packet.Header, payloadType, packet.Payload, now, sink);
            }
        }
    }

    /// <summary>The session's turn, every 20 ms.</summary>
    public void Tick(Instant now, IDatagramSink sink)
    {
        NoteTurn(now);
        if (_isHushed)
        {
            return;
        }

        if (_isOpen)
        {
            WatchCarrier(now);
            WatchInner(now, sink);
        }

        _carrier.Expire(now, sink);
        _inner.Expire(now, sink);
    }

    /// <summary>Says goodbye to both sides and is silent from then on.</summary>
    public void Close(Instant now, IDatagramSink sink)
    {
        _isOpen = false;
        _carrier.Close(now, sink);
        _inner.Close(now, sink);
    }

    /// <summary>While hushed nothing is sent: another node may be sending.</summary>
    public void Hush(bool isHushed) => _isHushed = isHushed;

    /// <summary>Is silent from now on, without a word: another node owns the call.</summary>
    public void Fence()
    {
        _isOpen = false;
        _carrier.Fence();
        _inner.Fence();
    }

    // Before the first packet after a stall: another edge may have the carrier by now.
    private void NoteTurn(Instant now)
    {
        if (_isOpen && _settings.HushesAfterStall && now - _turnedAt > MediaLimits.StallMax)
        {
            _isHushed = true;
            Events.Add(new MediaEvent.Stalled(MediaId, now - _turnedAt!.Value));
        }

        _turnedAt = now;
    }

    private void NoteInner()
    {
        if (_isInnerSilent)
        {
            _isInnerSilent = false;
            Events.Add(new MediaEvent.InnerHeard(MediaId));
        }
    }

    private void WatchCarrier(Instant now)
    {
        var silence = now - _carrier.HeardAt;
        if (!_isCarrierSilent && _carrier.MayReceive && silence >= _media.CarrierSilence)
        {
            _isCarrierSilent = true;
            Events.Add(new MediaEvent.CarrierSilent(MediaId, silence));
        }
    }

    // A codec that the two sides do not share is as good as silence until one of them follows.
    private void WatchInner(Instant now, IDatagramSink sink)
    {
        var silence = now - _inner.HeardAt;
        var isExpected = _inner.Audio is null || _inner.MayReceive;
        if (isExpected && !_isInnerSilent && silence >= _settings.SilentAfter)
        {
            _isInnerSilent = true;
            Events.Add(new MediaEvent.InnerSilent(MediaId, silence));
        }

        if (isExpected && _carrier.MaySend && (silence >= _settings.ComfortAfter || !SharesCodec))
        {
            var codec = _carrier.Audio!.Codec;
            var frame = _comfort.Frame(codec, _comfortPlace++);
            if (!frame.IsEmpty)
            {
                _carrier.Insert(frame, ComfortLoops.FrameLength, now, sink);
            }
        }
    }

    private bool SharesCodec => _inner.Audio is { } inner && inner.Codec == _carrier.Audio?.Codec;
}
