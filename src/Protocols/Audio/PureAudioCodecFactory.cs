using System.Diagnostics.CodeAnalysis;

namespace Farspan.Audio;

/// <summary>
/// Makes the codecs that need no native library: G.711 and G.722, at their own rate or resampled to another.
/// </summary>
public sealed class PureAudioCodecFactory : IAudioCodecFactory
{
    public bool Supports(AudioCodec codec, int sampleRateHz) =>
        codec is (AudioCodec.Pcmu or AudioCodec.Pcma or AudioCodec.G722)
        && sampleRateHz is 8_000 or 16_000 or 24_000 or 32_000 or 48_000;

    public bool TryCreateEncoder(
        AudioCodec codec, int sampleRateHz, [NotNullWhen(true)] out IAudioEncoder? encoder)
    {
        encoder = null;
        if (Supports(codec, sampleRateHz))
        {
            encoder = codec == AudioCodec.G722 ? new G722Encoder() : new G711Encoder(codec);
            encoder = encoder.SampleRateHz == sampleRateHz
                ? encoder
                : new ResamplingEncoder(encoder, sampleRateHz);
        }

        return encoder is not null;
    }

    public bool TryCreateDecoder(
        AudioCodec codec, int sampleRateHz, [NotNullWhen(true)] out IAudioDecoder? decoder)
    {
        decoder = null;
        if (Supports(codec, sampleRateHz))
        {
            decoder = codec == AudioCodec.G722 ? new G722Decoder() : new G711Decoder(codec);
            decoder = decoder.SampleRateHz == sampleRateHz
                ? decoder
                : new ResamplingDecoder(decoder, sampleRateHz);
        }

        return decoder is not null;
    }
}
