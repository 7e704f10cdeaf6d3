namespace Farspan.Audio;

/// <summary>Lets a codec of one rate take the PCM of another.</summary>
internal sealed class ResamplingEncoder(IAudioEncoder codec, int sampleRateHz) : IAudioEncoder
{
    private readonly Resampler _resampler = new(sampleRateHz, codec.SampleRateHz);
    private readonly short[] _resampled = new short[AudioLimits.MaxFrameSamples + 1];

    public int SampleRateHz => sampleRateHz;

    public int Encode(ReadOnlySpan<short> pcm, Span<byte> payload)
    {
        if (pcm.Length > AudioLimits.MaxFrameSamples
            || _resampler.MaxOutputSamples(pcm.Length) >= _resampled.Length)
        {
            return 0;
        }

        var samples = _resampler.Resample(pcm, _resampled);
        return codec.Encode(_resampled.AsSpan(0, samples), payload);
    }

    public void Dispose() => codec.Dispose();
}
