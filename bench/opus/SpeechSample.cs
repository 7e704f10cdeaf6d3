using Farspan.Audio;
using Farspan.Kernel;

namespace Farspan.Bench;

/// <summary>
/// A signal that gives a speech codec the work that speech gives it: syllables, pauses, a voice whose pitch
/// moves through three formants, hissing consonants. The same in every run.
/// </summary>
/// <remarks>Pure tones or noise would flatter or punish the codec's analysis.</remarks>
internal static class SpeechSample
{
    public const int SampleRateHz = 8_000;
    public const int Seconds = 20;

    private const int SyllableSamples = SampleRateHz / 4;

    // Centre and bandwidth of the formants of a few vowels, and their loudness, in Hz (classic averages).
    private static readonly (double F1, double F2, double F3)[] Vowels =
        [(730, 1_090, 2_440), (270, 2_290, 3_010), (300, 870, 2_240), (530, 1_840, 2_480), (570, 840, 2_410)];

    /// <summary>The signal as a telephone delivers it: through µ-law and back.</summary>
    public static short[] Create()
    {
        var random = new RandomSource(0x0B_05);
        var pcm = new short[Seconds * SampleRateHz];
        for (var start = 0; start < pcm.Length; start += SyllableSamples)
        {
            Speak(pcm.AsSpan(start, SyllableSamples), random);
        }

        var codes = new byte[pcm.Length];
        G711.EncodeMuLaw(pcm, codes);
        G711.DecodeMuLaw(codes, pcm);
        return pcm;
    }

    private static void Speak(Span<short> syllable, RandomSource random)
    {
        // Two of five syllables are pauses, as in a conversation where both sides speak.
        if (random.NextInt32(5) < 2)
        {
            syllable.Clear();
            return;
        }

        var consonant = syllable[..(syllable.Length / 5)];
        var vowel = syllable[consonant.Length..];
        Hiss(consonant, random);
        Sing(vowel, Vowels[random.NextInt32(Vowels.Length)], 90 + (90 * random.NextDouble()), random);
    }

    private static void Hiss(Span<short> samples, RandomSource random)
    {
        var last = 0.0;
        foreach (ref var sample in samples)
        {
            var noise = (random.NextDouble() * 2) - 1;
            sample = (short)((noise - last) * 1_200);
            last = noise;
        }
    }

    private static void Sing(
        Span<short> samples, (double F1, double F2, double F3) vowel, double pitchHz, RandomSource random)
    {
        Resonator[] formants = [new(vowel.F1, 80), new(vowel.F2, 100), new(vowel.F3, 140)];
        var phase = 0.0;
        for (var i = 0; i < samples.Length; i++)
        {
            var position = (double)i / samples.Length;
            phase += pitchHz * (1.1 - (0.2 * position)) / SampleRateHz;
            var pulse = phase >= 1 ? 1.0 : 0.0;
            phase -= pulse;
            var source = pulse + ((random.NextDouble() - 0.5) * 0.02);
            var voice = formants[0].Next(source)
                + (0.5 * formants[1].Next(source))
                + (0.25 * formants[2].Next(source));
            samples[i] = (short)Math.Clamp(voice * Math.Sin(Math.PI * position) * 9_000, -30_000, 30_000);
        }
    }

    /// <summary>A two-pole filter: one formant.</summary>
    private sealed class Resonator
    {
        private readonly double _first;
        private readonly double _second;
        private double _last;
        private double _beforeLast;

        public Resonator(double centreHz, double bandwidthHz)
        {
            var radius = Math.Exp(-Math.PI * bandwidthHz / SampleRateHz);
            _first = 2 * radius * Math.Cos(2 * Math.PI * centreHz / SampleRateHz);
            _second = -radius * radius;
        }

        public double Next(double input)
        {
            var output = input + (_first * _last) + (_second * _beforeLast);
            (_last, _beforeLast) = (output, _last);
            return output;
        }
    }
}
