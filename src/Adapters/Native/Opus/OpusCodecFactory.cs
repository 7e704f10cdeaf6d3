using System.Diagnostics.CodeAnalysis;
using Farspan.Audio;

namespace Farspan.Native;

/// <summary>Every codec of Farspan: Opus, if libopus is installed, and those that need no library.</summary>
public sealed class OpusCodecFactory : IAudioCodecFactory
{
    private readonly PureAudioCodecFactory _others = new();

    /// <summary>The settings of the encoders it makes; their sample rate comes with each request.</summary>
    public OpusEncoderSettings Settings { get; init; } = new();

    public bool Supports(AudioCodec codec, int sampleRateHz) => codec == AudioCodec.Opus
        ? OpusLibrary.IsAvailable && sampleRateHz is 8_000 or 12_000 or 16_000 or 24_000 or 48_000
        : _others.Supports(codec, sampleRateHz);

    public bool TryCreateEncoder(
        AudioCodec codec, int sampleRateHz, [NotNullWhen(true)] out IAudioEncoder? encoder)
    {
        if (codec != AudioCodec.Opus)
        {
            return _others.TryCreateEncoder(codec, sampleRateHz, out encoder);
        }

        encoder = Supports(codec, sampleRateHz)
            ? new OpusEncoder(Settings with { SampleRateHz = sampleRateHz })
            : null;
        return encoder is not null;
    }

    public bool TryCreateDecoder(
        AudioCodec codec, int sampleRateHz, [NotNullWhen(true)] out IAudioDecoder? decoder)
    {
        if (codec != AudioCodec.Opus)
        {
            return _others.TryCreateDecoder(codec, sampleRateHz, out decoder);
        }

        decoder = Supports(codec, sampleRateHz) ? new OpusDecoder(sampleRateHz) : null;
        return decoder is not null;
    }
}
