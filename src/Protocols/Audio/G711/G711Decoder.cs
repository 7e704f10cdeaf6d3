using Farspan.Kernel;

namespace Farspan.Audio;

/// <summary>
/// G.711 as a decoder to 8 kHz PCM, with waveform concealment of lost frames (RFC 3551 §4.5.14).
/// </summary>
public sealed class G711Decoder : IAudioDecoder
{
    private readonly bool _isMuLaw;
    private readonly WaveformConcealer _concealer = new(AudioCodec.Pcmu.NativeSampleRateHz());

    /// <param name="codec"><see cref="AudioCodec.Pcmu"/> or <see cref="AudioCodec.Pcma"/>.</param>
    public G711Decoder(AudioCodec codec)
    {
        Invariant.Require(codec is AudioCodec.Pcmu or AudioCodec.Pcma);
        _isMuLaw = codec == AudioCodec.Pcmu;
    }

    public int SampleRateHz => AudioCodec.Pcmu.NativeSampleRateHz();

    public int Decode(ReadOnlySpan<byte> payload, Span<short> pcm)
    {
        if (pcm.Length < payload.Length)
        {
            return 0;
        }

        var decoded = pcm[..payload.Length];
        if (_isMuLaw)
        {
            G711.DecodeMuLaw(payload, decoded);
        }
        else
        {
            G711.DecodeALaw(payload, decoded);
        }

        _concealer.Accept(decoded);
        return decoded.Length;
    }

    public int Conceal(Span<short> pcm)
    {
        _concealer.Conceal(pcm);
        return pcm.Length;
    }

    public void Dispose()
    {
    }
}
