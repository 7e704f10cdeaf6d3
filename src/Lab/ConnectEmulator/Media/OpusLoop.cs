using Farspan.Audio;
using Farspan.Kernel;

namespace Farspan.ConnectEmulator;

/// <summary>
/// Sound that was encoded once and is played again and again, to any number of listeners: Opus packets of one
/// frame each. Immutable.
/// </summary>
internal sealed class OpusLoop
{
    public const int FrameMilliseconds = 20;

    // More than an encoder remembers.
    private const int PrerollFrames = 8;

    private readonly byte[][] _packets;

    private OpusLoop(byte[][] packets) => _packets = packets;

    public static TimeSpan FrameTime => TimeSpan.FromMilliseconds(FrameMilliseconds);

    public int Frames => _packets.Length;

    public ReadOnlySpan<byte> this[long frame] => _packets[frame % _packets.Length];

    /// <summary>
    /// Encodes whole frames, from some sample on and around: a loop may begin anywhere in a period. Its
    /// last frames go through the encoder first, so that the end leads to the beginning.
    /// </summary>
    public static OpusLoop Encode(ReadOnlySpan<short> period, int firstSample, IAudioEncoder encoder)
    {
        var frameSamples = encoder.SampleRateHz * FrameMilliseconds / 1_000;
        Invariant.Require(period.Length > 0 && period.Length % frameSamples == 0);
        var packets = new byte[period.Length / frameSamples][];
        Span<short> pcm = stackalloc short[frameSamples];
        Span<byte> payload = stackalloc byte[AudioLimits.MaxPayloadBytes];
        var preroll = Math.Min(PrerollFrames, packets.Length);
        for (var frame = packets.Length - preroll; frame < 2 * packets.Length; frame++)
        {
            for (var i = 0; i < frameSamples; i++)
            {
                pcm[i] = period[(firstSample + (frame * frameSamples) + i) % period.Length];
            }

            var bytes = encoder.Encode(pcm, payload);
            Invariant.Require(bytes > 0);
            packets[frame % packets.Length] = payload[..bytes].ToArray();
        }

        return new OpusLoop(packets);
    }
}
