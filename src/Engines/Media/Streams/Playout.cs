using Farspan.Audio;
using Farspan.Kernel;
using Farspan.Rtp;

namespace Farspan.Media;

/// <summary>
/// Makes a steady flow of PCM of a received stream: jitter buffer, decoder, concealment and comfort noise
/// behind one <see cref="Read"/>, whatever the packets' length. Allocates nothing after construction.
/// </summary>
internal sealed class Playout : IDisposable
{
    // Below this a pause may be cut or stretched unnoticed.
    private const int QuietDbov = -50;

    // Opus makes up and recovers frames in multiples of 2.5 ms.
    private const int StepsPerSecond = 400;

    private readonly JitterBuffer _jitter;
    private readonly IAudioDecoder _decoder;
    private readonly ComfortNoiseGenerator _noise;
    private readonly byte? _noisePayloadType;
    private readonly PcmQueue _pcm;
    private readonly int _maxPacketSamples;
    private bool _isQuiet = true;
    private bool _hasNoise;

    public Playout(JitterBufferSettings settings, IAudioDecoder decoder, RandomSource random)
    {
        _jitter = new JitterBuffer(settings);
        _decoder = decoder;
        _noise = new ComfortNoiseGenerator(random);
        _noisePayloadType = settings.ComfortNoisePayloadType;
        _maxPacketSamples = decoder.SampleRateHz * AudioLimits.MaxFrameMilliseconds / 1_000;
        _pcm = new PcmQueue(2 * _maxPacketSamples);
    }

    public int SampleRateHz => _decoder.SampleRateHz;

    public JitterCounters Counters => _jitter.Counters;

    public void Insert(in RtpHeader header, ReadOnlySpan<byte> payload, Instant now) =>
        _jitter.Insert(header, payload, now);

    /// <summary>A packet of the same sequence that is no audio, such as an event.</summary>
    public void Skip(in RtpHeader header) => _jitter.Skip(header);

    /// <summary>
    /// Fills the whole span with what comes next; false if nothing of the sender's is in it.
    /// </summary>
    public bool Read(Span<short> pcm, Instant now)
    {
        while (_pcm.Count < pcm.Length && TryAppend(now))
        {
            // Short packets: as many as make a frame.
        }

        var played = Math.Min(_pcm.Count, pcm.Length);
        _pcm.Take(played).CopyTo(pcm);
        FillPause(pcm[played..]);
        _isQuiet = AudioLevel.MeasureDbov(pcm) <= QuietDbov;
        return played > 0 || _hasNoise;
    }

    /// <summary>
    /// Gives what comes next as it was encoded, for a listener of the same codec; the payload is valid until
    /// the next insertion.
    /// </summary>
    public ForwardVerdict Forward(Instant now, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        if (_pcm.Count > 0)
        {
            return ForwardVerdict.Unfit;
        }

        switch (_jitter.Take(now, isQuiet: false, out var frame))
        {
            case JitterVerdict.Packet when OpusPacket.DurationOf(frame.Payload) == MediaSettings.TickInterval:
                payload = frame.Payload;
                return ForwardVerdict.Packet;
            case JitterVerdict.Packet:
                Decode(frame);
                return ForwardVerdict.Unfit;
            case JitterVerdict.Missing when frame.Duration == MediaSettings.TickInterval:
                return ForwardVerdict.Lost;
            case JitterVerdict.Missing:
                Conceal(frame);
                return ForwardVerdict.Unfit;
            default:
                return ForwardVerdict.Silence;
        }
    }

    public void Dispose() => _decoder.Dispose();

    private bool TryAppend(Instant now)
    {
        switch (_jitter.Take(now, _isQuiet, out var frame))
        {
            case JitterVerdict.Packet when frame.Header.PayloadType == _noisePayloadType:
                _hasNoise = _noise.TryUpdate(frame.Payload);
                var noise = _pcm.Reserve(SamplesOf(frame.Duration));
                FillPause(noise);
                _pcm.Commit(noise.Length);
                return true;
            case JitterVerdict.Packet:
                _hasNoise = false;
                Decode(frame);
                return true;
            case JitterVerdict.Missing:
                Conceal(frame);
                return true;
            default:
                return false;
        }
    }

    private void Decode(in JitterFrame frame)
    {
        var samples = _decoder.Decode(frame.Payload, _pcm.Reserve(_maxPacketSamples));
        if (samples > 0)
        {
            _pcm.Commit(samples);
        }
        else
        {
            // Nonsense in a packet sounds like a lost packet.
            var room = _pcm.Reserve(SamplesOf(frame.Duration));
            _pcm.Commit(_decoder.Conceal(room));
        }
    }

    private void Conceal(in JitterFrame frame)
    {
        var room = _pcm.Reserve(SamplesOf(frame.Duration));
        _pcm.Commit(frame.Payload.IsEmpty ? _decoder.Conceal(room) : _decoder.Recover(frame.Payload, room));
    }

    private void FillPause(Span<short> pcm)
    {
        if (_hasNoise)
        {
            _noise.Generate(pcm);
        }
        else
        {
            pcm.Clear();
        }
    }

    private int SamplesOf(TimeSpan duration)
    {
        var steps = Math.Max(duration.Ticks * StepsPerSecond / TimeSpan.TicksPerSecond, 1);
        return Math.Min((int)steps * (SampleRateHz / StepsPerSecond), _maxPacketSamples);
    }
}
