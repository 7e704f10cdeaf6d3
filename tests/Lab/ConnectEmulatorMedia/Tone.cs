namespace Farspan.ConnectEmulatorMedia.Tests;

/// <summary>Measures tones in PCM.</summary>
internal static class Tone
{
    /// <summary>
    /// How much of the energy is at a frequency, from 0 to 1; the first 100 ms are left out.
    /// </summary>
    public static double Share(ReadOnlySpan<short> pcm, double frequencyHz, int sampleRateHz)
    {
        var (cosine, sine, energy) = (0.0, 0.0, 0.0);
        var steady = pcm[(sampleRateHz / 10)..];
        for (var i = 0; i < steady.Length; i++)
        {
            var angle = 2 * Math.PI * frequencyHz * i / sampleRateHz;
            cosine += steady[i] * Math.Cos(angle);
            sine += steady[i] * Math.Sin(angle);
            energy += (double)steady[i] * steady[i];
        }

        return energy == 0 ? 0 : 2 * ((cosine * cosine) + (sine * sine)) / (steady.Length * energy);
    }

    /// <summary>The root of the mean square.</summary>
    public static double Level(ReadOnlySpan<short> pcm)
    {
        var energy = 0.0;
        foreach (var sample in pcm)
        {
            energy += (double)sample * sample;
        }

        return Math.Sqrt(energy / pcm.Length);
    }
}
