using System.Diagnostics.CodeAnalysis;
using Farspan.Audio;
using Farspan.Native;

namespace Farspan.Runtime;

/// <summary>Every codec of a node: G.711, G.722 and the like in C#, Opus by libopus.</summary>
public sealed class AllAudioCodecs(OpusEncoderSettings opus) : IAudioCodecFactory
{
    private readonly IAudioCodecFactory[] _factories =
        [new PureAudioCodecFactory(), new OpusCodecFactory { Settings = opus }];

    public bool Supports(AudioCodec codec, int sampleRateHz) =>
        _factories.Any(f => f.Supports(codec, sampleRateHz));

    public bool TryCreateEncoder(AudioCodec codec, int sampleRateHz, [NotNullWhen(true)] out IAudioEncoder? encoder)
    {
        encoder = null;
        return Find(codec, sampleRateHz)?.TryCreateEncoder(codec, sampleRateHz, out encoder) == true && encoder is not null;
    }

    public bool TryCreateDecoder(AudioCodec codec, int sampleRateHz, [NotNullWhen(true)] out IAudioDecoder? decoder)
    {
        decoder = null;
        return Find(codec, sampleRateHz)?.TryCreateDecoder(codec, sampleRateHz, out decoder) == true && decoder is not null;
    }

    private IAudioCodecFactory? Find(AudioCodec codec, int sampleRateHz) =>
        Array.Find(_factories, f => f.Supports(codec, sampleRateHz));
}
