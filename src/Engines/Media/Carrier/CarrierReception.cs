using Farspan.Audio;
using Farspan.Calls;
using Farspan.Kernel;
using Farspan.Rtp;
using Farspan.Sdp;

namespace Farspan.Media;

/// <summary>
/// What a carrier's packets say: audio, comfort noise (RFC 3389) and digits (RFC 4733). When the codec changes, packets of the one
/// before are played until the first of the new one (RFC 3264 §8.3.2).
/// </summary>
internal sealed class CarrierReception(MediaSettings settings, MediaResources resources, RandomSource random) : IDisposable
{
    private readonly Outbox<TelephoneEventNotice> _events = new();
    private readonly Outbox<DtmfEvent> _tones = new();
    private readonly MediaSideCounters _counters = new();
    private NegotiatedAudio? _audio;
    private Playout? _playout;
    private Playout? _previous;
    private int _previousPayloadType;
    private TelephoneEventReceiver? _telephoneEvents;
    private DtmfDetector? _detector;

    public MediaSideCounters Counters => _counters;

    /// <summary>Keys that were pressed; the owner takes them out.</summary>
    public Outbox<CarrierDigit> Digits { get; } = new();

    /// <summary>A digit is being signalled: the audio beside it is not to be heard.</summary>
    private bool IsInDigit => _telephoneEvents?.Deadline is not null;

    /// <summary>Follows what was negotiated; the rate is that at which the bridge works.</summary>
    public void Configure(NegotiatedAudio audio, int sampleRateHz)
    {
        if (_playout is null || !HasSameStream(audio) || _playout.SampleRateHz != sampleRateHz)
        {
            Replace(audio, sampleRateHz);
        }

        if (audio.TelephoneEvent?.ClockRateHz != _audio?.TelephoneEvent?.ClockRateHz)
        {
            _telephoneEvents = audio.TelephoneEvent is { } format ? new TelephoneEventReceiver(format.ClockRateHz) : null;
        }

        _audio = audio;
    }

    /// <summary>Whether a packet of that type is one that was agreed upon.</summary>
    public bool Knows(int payloadType) =>
        _audio is not null
        && (payloadType == _audio.ReceivePayloadType
            || payloadType == _audio.TelephoneEvent?.ReceivePayloadType
            || payloadType == _audio.ComfortNoisePayloadType
            || (_previous is not null && payloadType == _previousPayloadType));

    /// <summary>Takes a packet of a known type.</summary>
    public void Accept(in RtpPacketView packet, Instant now)
    {
        int payloadType = packet.Header.PayloadType;
        if (payloadType == _audio!.TelephoneEvent?.ReceivePayloadType)
        {
            _playout!.Skip(packet.Header);
            _telephoneEvents!.Receive(packet.Header, packet.Payload, now, _events);
            TakeEvents();
        }
        else if (payloadType == _audio.ReceivePayloadType || payloadType == _audio.ComfortNoisePayloadType)
        {
            ForgetPrevious();
            _playout!.Insert(packet.Header, packet.Payload, now);
        }
        else
        {
            _previous!.Insert(packet.Header, packet.Payload, now);
        }
    }

    /// <summary>Fills a frame with what comes next; false, and silence, if the carrier sends nothing.</summary>
    public bool Read(Span<short> pcm, Instant now)
    {
        if (_playout is null)
        {
            pcm.Clear();
            return false;
        }

        var isThere = (_previous ?? _playout).Read(pcm, now);
        _counters.Follow(_playout.Counters);
        if (_detector is not null)
        {
            _detector.Accept(pcm, _tones);
            TakeTones();
        }

        if (IsInDigit)
        {
            pcm.Clear();
        }

        return isThere;
    }

    /// <summary>Gives what comes next as the carrier encoded it; <see cref="ForwardVerdict.Unfit"/> if it must be heard, muted or mixed.</summary>
    public ForwardVerdict Forward(Instant now, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        if (_playout is null || _previous is not null || _detector is not null || IsInDigit)
        {
            return ForwardVerdict.Unfit;
        }

        var verdict = _playout.Forward(now, out payload);
        _counters.Follow(_playout.Counters);
        return verdict;
    }

    public void Expire(Instant now)
    {
        if (_telephoneEvents?.Deadline <= now)
        {
            _telephoneEvents.Expire(now, _events);
            TakeEvents();
        }
    }

    public void Dispose()
    {
        _previous?.Dispose();
        _playout?.Dispose();
    }

    private bool HasSameStream(NegotiatedAudio audio) =>
        audio.Codec == _audio!.Codec
        && audio.ReceivePayloadType == _audio.ReceivePayloadType
        && audio.ComfortNoisePayloadType == _audio.ComfortNoisePayloadType;

    private void Replace(NegotiatedAudio audio, int sampleRateHz)
    {
        ForgetPrevious();
        if (_playout is not null && _playout.SampleRateHz == sampleRateHz)
        {
            (_previous, _previousPayloadType) = (_playout, _audio!.ReceivePayloadType);
        }
        else if (_playout is not null)
        {
            Retire(_playout);
        }

        Invariant.Require(resources.Codecs.TryCreateDecoder(audio.Codec, sampleRateHz, out var decoder));
        _playout = new Playout(JitterOf(audio), decoder, random);
        _detector = settings.DetectsInBandDigits ? new DtmfDetector(sampleRateHz) : null;
    }

    private JitterBufferSettings JitterOf(NegotiatedAudio audio) => new()
    {
        ClockRateHz = audio.Codec.RtpClockRateHz(),
        PacketTime = audio.PacketTime,
        MinDelay = settings.MinJitterDelay,
        InitialDelay = settings.InitialJitterDelay,
        MaxDelay = settings.MaxJitterDelay,
        CapacityPackets = MediaLimits.JitterPackets,
        MaxPayloadBytes = audio.Codec == AudioCodec.Opus
            ? MediaLimits.MaxOpusPayloadBytes
            : MediaLimits.MaxWaveformPayloadBytes,
        ComfortNoisePayloadType = (byte?)audio.ComfortNoisePayloadType,
    };

    private void ForgetPrevious()
    {
        if (_previous is not null)
        {
            Retire(_previous);
            _previous = null;
        }
    }

    private void Retire(Playout playout)
    {
        _counters.Keep(playout.Counters);
        playout.Dispose();
    }

    private void TakeEvents()
    {
        foreach (var notice in _events.Effects)
        {
            if (notice.Kind == TelephoneEventNoticeKind.Started && DtmfDigit.TryGetDigit(notice.Code, out var digit))
            {
                Digits.Add(new CarrierDigit(digit, DigitSource.TelephoneEvent));
            }
        }

        _events.Clear();
    }

    private void TakeTones()
    {
        foreach (var tone in _tones.Effects)
        {
            if (!tone.HasEnded)
            {
                Digits.Add(new CarrierDigit(tone.Digit, DigitSource.InBand));
            }
        }

        _tones.Clear();
    }
}
