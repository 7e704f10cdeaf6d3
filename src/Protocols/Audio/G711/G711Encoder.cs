using Farspan.Kernel;

namespace Farspan.Audio;

/// <summary>
/// G.711 as an encoder of 8 kHz PCM: one byte a sample, frames of any length (RFC 3551 §4.5.14).
/// </summary>
public sealed class G711Encoder : IAudioEncoder
{
    private readonly bool _isMuLaw;

    /// <param name="codec"><see cref="AudioCodec.Pcmu"/> or <see cref="AudioCodec.Pcma"/>.</param>
    public G711Encoder(AudioCodec codec)
    {
        Invariant.Require(codec is AudioCodec.Pcmu or AudioCodec.Pcma);
        _isMuLaw = codec == AudioCodec.Pcmu;
    }

    public int SampleRateHz => AudioCodec.Pcmu.NativeSampleRateHz();

    public int Encode(ReadOnlySpan<short> pcm, Span<byte> payload)
    {
        if (payload.Length < pcm.Length)
        {
            return 0;
        }

        if (_isMuLaw)
        {
            G711.EncodeMuLaw(pcm, payload);
        }
        else
        {
            G711.EncodeALaw(pcm, payload);
        }

        return pcm.Length;
    }

    public void Dispose()
    {
    }
}
