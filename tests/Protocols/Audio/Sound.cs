using Farspan.Kernel;

namespace Farspan.Audio.Tests;

/// <summary>Sounds to test with, and measures of them.</summary>
internal static class Sound
{
    public static short[] Sine(double frequencyHz, double dbov, int samples, int sampleRateHz = 8_000)
    {
        var peak = 32_768 * Math.Sqrt(2) * Math.Pow(10, dbov / 20);
        return Create(samples, i => peak * Math.Sin(2 * Math.PI * frequencyHz * i / sampleRateHz));
    }

    public static short[] Noise(ulong seed, double dbov, int samples)
    {
        var random = new RandomSource(seed);
        var peak = 32_768 * Math.Sqrt(3) * Math.Pow(10, dbov / 20);
        return Create(samples, _ => ((2 * random.NextDouble()) - 1) * peak);
    }

    /// <summary>
    /// Something like a voice: glottal pulses of wandering pitch through three wandering formants, in
    /// syllables.
    /// </summary>
    public static short[] Speech(ulong seed, int samples, int sampleRateHz = 8_000)
    {
        var random = new RandomSource(seed);
        var formants = new Resonator[3];
        double phase = 0, pitchHz = 120, loudness = 0, wanted = 0;
        return Create(samples, i =>
        {
            if (i % (sampleRateHz / 8) == 0)
            {
                pitchHz = 85 + (random.NextDouble() * 200);
                wanted = random.NextInt32(4) == 0 ? 0 : 3_000 + (random.NextDouble() * 9_000);
                formants[0].Tune(250 + (random.NextDouble() * 600), 80, sampleRateHz);
                formants[1].Tune(900 + (random.NextDouble() * 1_300), 100, sampleRateHz);
                formants[2].Tune(2_300 + (random.NextDouble() * 700), 150, sampleRateHz);
            }

            loudness += (wanted - loudness) / (sampleRateHz / 50.0);
            phase += pitchHz * (1 + (0.03 * Math.Sin(i * 30.0 / sampleRateHz))) / sampleRateHz;
            phase -= Math.Floor(phase);
            var pulse = phase < 0.4 ? Math.Sin(Math.PI * phase / 0.4) : 0;
            var source = pulse - 0.25 + (0.05 * random.NextDouble());
            var (first, second) = (formants[0].Next(source), formants[1].Next(source));
            return loudness * (first + (0.6 * second) + (0.3 * formants[2].Next(source)));
        });
    }

    public static short[] Mix(ReadOnlySpan<short> left, ReadOnlySpan<short> right)
    {
        var mixed = left.ToArray();
        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            mixed[i] = Clip(left[i] + right[i]);
        }

        return mixed;
    }

    /// <summary>
    /// How far a tone stands out of everything else, in dB: the best fitting sine of the frequency against
    /// the rest. Does not depend on the delay of a codec.
    /// </summary>
    public static double ToneToRestDecibels(ReadOnlySpan<short> pcm, double frequencyHz, int sampleRateHz)
    {
        var tone = ToneMeanSquare(pcm, frequencyHz, sampleRateHz);
        var total = AudioLevel.Energy(pcm) / pcm.Length;
        return 10 * Math.Log10(tone / Math.Max(total - tone, 1e-9));
    }

    /// <summary>The level of one tone of a signal, dBov. Exact over whole cycles.</summary>
    public static double ToneDbov(ReadOnlySpan<short> pcm, double frequencyHz, int sampleRateHz) =>
        10 * Math.Log10((ToneMeanSquare(pcm, frequencyHz, sampleRateHz) + 1e-9) / (32_768.0 * 32_768));

    public static short Clip(double value) =>
        (short)Math.Clamp(Math.Round(value), short.MinValue, short.MaxValue);

    private static double ToneMeanSquare(ReadOnlySpan<short> pcm, double frequencyHz, int sampleRateHz)
    {
        double cos = 0, sin = 0;
        for (var i = 0; i < pcm.Length; i++)
        {
            var (s, c) = Math.SinCos(2 * Math.PI * frequencyHz * i / sampleRateHz);
            cos += c * pcm[i];
            sin += s * pcm[i];
        }

        return 2 * ((cos * cos) + (sin * sin)) / ((double)pcm.Length * pcm.Length);
    }

    private static short[] Create(int samples, Func<int, double> sample)
    {
        var pcm = new short[samples];
        for (var i = 0; i < samples; i++)
        {
            pcm[i] = Clip(sample(i));
        }

        return pcm;
    }

    private struct Resonator
    {
        private double _a1;
        private double _a2;
        private double _gain;
        private double _y1;
        private double _y2;

        public void Tune(double frequencyHz, double widthHz, int sampleRateHz)
        {
            var radius = Math.Exp(-Math.PI * widthHz / sampleRateHz);
            _a1 = 2 * radius * Math.Cos(2 * Math.PI * frequencyHz / sampleRateHz);
            _a2 = -radius * radius;
            _gain = 1 - radius;
        }

        public double Next(double x)
        {
            var y = (_gain * x) + (_a1 * _y1) + (_a2 * _y2);
            (_y1, _y2) = (y, _y1);
            return y;
        }
    }
}
