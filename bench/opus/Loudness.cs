using Farspan.Audio;

namespace Farspan.Bench;

/// <summary>The magnitude of many samples together: shows that audio came through and not silence.</summary>
internal sealed class Loudness
{
    private long _sum;

    public void Add(ReadOnlySpan<short> pcm)
    {
        foreach (var sample in pcm)
        {
            _sum += Math.Abs((int)sample);
        }
    }

    /// <summary>Samples in µ-law.</summary>
    public void Add(ReadOnlySpan<byte> muLaw)
    {
        foreach (var code in muLaw)
        {
            _sum += Math.Abs((int)G711.DecodeMuLaw(code));
        }
    }

    /// <summary>As a part of another.</summary>
    public double Of(Loudness other) => (double)_sum / other._sum;
}
