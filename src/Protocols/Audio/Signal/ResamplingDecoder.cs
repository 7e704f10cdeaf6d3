namespace Farspan.Audio;

/// <summary>Lets a codec of one rate give the PCM of another.</summary>
internal sealed class ResamplingDecoder(IAudioDecoder codec, int sampleRateHz) : IAudioDecoder
{
    private readonly Resampler _resampler = new(codec.SampleRateHz, sampleRateHz);
    private readonly short[] _decoded = new short[AudioLimits.MaxFrameSamples];

    public int SampleRateHz => sampleRateHz;

    public int Decode(ReadOnlySpan<byte> payload, Span<short> pcm) =>
        Resample(codec.Decode(payload, _decoded), pcm);

    public int Conceal(Span<short> pcm) => Resample(codec.Conceal(Lost(pcm)), pcm);

    public int Recover(ReadOnlySpan<byte> nextPayload, Span<short> pcm) =>
        Resample(codec.Recover(nextPayload, Lost(pcm)), pcm);

    public void Dispose() => codec.Dispose();

    private Span<short> Lost(Span<short> pcm)
    {
        var samples = (long)pcm.Length * codec.SampleRateHz / sampleRateHz;
        return _decoded.AsSpan(0, (int)Math.Min(samples, _decoded.Length));
    }

    private int Resample(int samples, Span<short> pcm) =>
        _resampler.MaxOutputSamples(samples) > pcm.Length
            ? 0
            : _resampler.Resample(_decoded.AsSpan(0, samples), pcm);
}
