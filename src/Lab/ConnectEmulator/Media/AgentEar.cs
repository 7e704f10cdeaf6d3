using Farspan.Audio;
using Farspan.Kernel;
using Farspan.Rtp;
using Farspan.Tones;

namespace Farspan.ConnectEmulator;

/// <summary>
/// What a built-in agent hears of one connection: tone sequences in Opus packets. Once it has heard one it
/// rests for a while, since listening costs more than everything else in a call. Allocates nothing for a
/// packet.
/// </summary>
internal sealed class AgentEar : IDisposable
{
    private const int RateHz = OpusLoops.SequenceRateHz;
    private const int MaxConcealed = 5;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(4);

    private readonly IAudioDecoder _decoder;
    private readonly ToneListener _listener;
    private readonly short[] _pcm = new short[RateHz * AudioLimits.MaxFrameMilliseconds / 1_000];
    private Instant _restsUntil;
    private ushort? _lastSequence;

    public AgentEar(ToneClock clock, IAudioCodecFactory codecs)
    {
        Invariant.Require(codecs.TryCreateDecoder(AudioCodec.Opus, RateHz, out var decoder));
        _decoder = decoder;
        _listener = new ToneListener(clock, RateHz);
    }

    public void Accept(in RtpPacketView packet, Instant now, Outbox<ToneHeard> heard)
    {
        if (now < _restsUntil)
        {
            _lastSequence = null;
            return;
        }

        var step = _lastSequence is { } last ? (short)(packet.Header.SequenceNumber - last) : (short)1;
        if (step <= 0)
        {
            return;
        }

        _lastSequence = packet.Header.SequenceNumber;
        Conceal(step - 1, now, heard);
        var samples = _decoder.Decode(packet.Payload, _pcm);
        if (samples > 0)
        {
            _listener.Accept(_pcm.AsSpan(0, samples), now, heard);
        }

        _restsUntil = heard.Count > 0 ? now + Rest : _restsUntil;
    }

    public void Dispose() => _decoder.Dispose();

    // A lost frame leaves its place: else what follows would seem to come early, and the sequence be torn.
    private void Conceal(int frames, Instant now, Outbox<ToneHeard> heard)
    {
        for (var i = Math.Min(frames, MaxConcealed); i > 0; i--)
        {
            var pcm = _pcm.AsSpan(0, OpusLoops.SequenceFrameSamples);
            if (_decoder.Conceal(pcm) == pcm.Length)
            {
                _listener.Accept(pcm, now - (i * OpusLoop.FrameTime), heard);
            }
        }
    }
}
