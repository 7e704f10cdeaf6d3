using Farspan.Audio;

namespace Farspan.Media;

/// <summary>
/// What a caller hears while nobody is there to be heard: a soft tone every two seconds, encoded once for
/// each codec and kept in memory, so that playing it costs a copy.
/// </summary>
public sealed class ComfortLoops
{
    /// <summary>What one frame lasts.</summary>
    public static readonly TimeSpan FrameLength = MediaSettings.TickInterval;

    private const int Frames = 100;
    private const int ToneFrames = 15;
    private const int NarrowRateHz = 8_000;
    private const int WideRateHz = 16_000;

    // A whole number of cycles in the tone, which begins and ends in silence.
    private const double ToneHz = 440;
    private const double ToneAmplitude = 1_400;

    private readonly byte[]?[][] _loops;

    /// <summary>Encodes the loop with every codec that the factory has.</summary>
    public ComfortLoops(IAudioCodecFactory codecs) =>
        _loops = [.. Enum.GetValues<AudioCodec>().Select(codec => Encode(codecs, codec))];

    /// <summary>The frame at a place that grows by one a frame; empty for a codec that is not there.</summary>
    public ReadOnlySpan<byte> Frame(AudioCodec codec, int place)
    {
        var loop = _loops[(int)codec];
        return loop.Length == 0 ? default : loop[(int)((uint)place % (uint)loop.Length)];
    }

    private static byte[]?[] Encode(IAudioCodecFactory codecs, AudioCodec codec)
    {
        var rateHz = codec is AudioCodec.Pcmu or AudioCodec.Pcma ? NarrowRateHz : WideRateHz;
        if (!codecs.TryCreateEncoder(codec, rateHz, out var encoder))
        {
            return [];
        }

        using (encoder)
        {
            var frames = new byte[Frames][];
            var pcm = new short[(int)(FrameLength.Ticks * rateHz / TimeSpan.TicksPerSecond)];
            var payload = new byte[MediaLimits.MaxRtpBytes];
            for (var i = 0; i < Frames; i++)
            {
                Play(pcm, i, rateHz);
                frames[i] = payload.AsSpan(0, encoder.Encode(pcm, payload)).ToArray();
            }

            return frames;
        }
    }

    private static void Play(Span<short> pcm, int frame, int rateHz)
    {
        var toneSamples = ToneFrames * pcm.Length;
        for (var i = 0; i < pcm.Length; i++)
        {
            var sample = (frame * pcm.Length) + i;
            var envelope = sample < toneSamples ? Math.Sin(Math.PI * sample / toneSamples) : 0;
            pcm[i] = (short)(ToneAmplitude * envelope * Math.Sin(2 * Math.PI * ToneHz * sample / rateHz));
        }
    }
}
