using Farspan.Audio;
using Farspan.Kernel;
using Farspan.Native;

namespace Farspan.CarrierSimulator;

/// <summary>The codec of every call of a carrier, at the lowest rate that carries the tones.</summary>
internal sealed class CallerCodec(AudioCodec codec)
{
    private readonly OpusCodecFactory _factory = new();

    public AudioCodec Codec { get; } = codec;

    /// <summary>False for Opus where libopus is not installed.</summary>
    public bool IsAvailable => _factory.Supports(Codec, SampleRateHz);

    private int SampleRateHz => Codec == AudioCodec.G722 ? 16_000 : 8_000;

    public (IAudioEncoder Encoder, IAudioDecoder Decoder) Create()
    {
        Invariant.Require(_factory.TryCreateEncoder(Codec, SampleRateHz, out var encoder));
        Invariant.Require(_factory.TryCreateDecoder(Codec, SampleRateHz, out var decoder));
        return (encoder, decoder);
    }
}
