namespace Farspan.Audio;

/// <summary>
/// ITU-T G.722 at 64 kbit/s (mode 1) to 16 kHz PCM, with waveform concealment of lost frames.
/// </summary>
/// <remarks>Every byte string is a valid payload. The predictors leak, so a decoder that missed frames finds
/// back into step with the encoder by itself.</remarks>
public sealed class G722Decoder : IAudioDecoder
{
    private const int BandLimit = 16_383;

    private readonly WaveformConcealer _concealer = new(AudioCodec.G722.NativeSampleRateHz());
    private G722Band _lower = G722Band.CreateLower();
    private G722Band _higher = G722Band.CreateHigher();
    private G722Filter _filter;

    public int SampleRateHz => AudioCodec.G722.NativeSampleRateHz();

    public int Decode(ReadOnlySpan<byte> payload, Span<short> pcm)
    {
        var samples = 2 * payload.Length;
        if (pcm.Length < samples)
        {
            return 0;
        }

        for (var i = 0; i < payload.Length; i++)
        {
            var lower = DecodeLower(payload[i] & 0x3F);
            var higher = DecodeHigher(payload[i] >> 6);
            _filter.Push(lower + higher, lower - higher);
            var (even, odd) = _filter.Convolve();
            pcm[2 * i] = (short)G722Band.Saturate(odd >> 11);
            pcm[(2 * i) + 1] = (short)G722Band.Saturate(even >> 11);
        }

        _concealer.Accept(pcm[..samples]);
        return samples;
    }

    public int Conceal(Span<short> pcm)
    {
        _concealer.Conceal(pcm);
        return pcm.Length;
    }

    public void Dispose()
    {
    }

    private int DecodeLower(int code)
    {
        var output = _lower.Estimate + ((_lower.Scale * G722Tables.Qm6[code]) >> 15);
        var word = code >> 2;
        _lower.Adapt((_lower.Scale * G722Tables.Qm4[word]) >> 15, G722Tables.LowerScaleSteps[word]);
        return Math.Clamp(output, -BandLimit - 1, BandLimit);
    }

    private int DecodeHigher(int code)
    {
        var difference = (_higher.Scale * G722Tables.Qm2[code]) >> 15;
        var output = _higher.Estimate + difference;
        _higher.Adapt(difference, G722Tables.HigherScaleSteps[code]);
        return Math.Clamp(output, -BandLimit - 1, BandLimit);
    }
}
