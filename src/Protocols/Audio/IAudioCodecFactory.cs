using System.Diagnostics.CodeAnalysis;

namespace Farspan.Audio;

/// <summary>
/// Makes encoders and decoders by codec and PCM rate, so that both legs of a bridge can work at one rate. The
/// pure codecs are in <see cref="PureAudioCodecFactory"/>; Opus comes from an adapter.
/// </summary>
public interface IAudioCodecFactory
{
    /// <summary>
    /// Whether <see cref="TryCreateEncoder"/> and <see cref="TryCreateDecoder"/> would succeed: what may be
    /// offered.
    /// </summary>
    bool Supports(AudioCodec codec, int sampleRateHz);

    bool TryCreateEncoder(AudioCodec codec, int sampleRateHz, [NotNullWhen(true)] out IAudioEncoder? encoder);

    bool TryCreateDecoder(AudioCodec codec, int sampleRateHz, [NotNullWhen(true)] out IAudioDecoder? decoder);
}
