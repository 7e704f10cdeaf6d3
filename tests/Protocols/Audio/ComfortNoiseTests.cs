using CsCheck;
using Farspan.Kernel;

namespace Farspan.Audio.Tests;

public sealed class ComfortNoiseTests
{
    [Fact] // RFC 3389 §3.1: the level alone is a whole payload.
    public void LevelAlone_MakesWhiteNoiseOfThatLevel()
    {
        var generator = new ComfortNoiseGenerator(new RandomSource(1));
        var pcm = new short[8_000];
        foreach (byte level in new byte[] { 30, 45, 60 })
        {
            Assert.True(generator.TryUpdate([level]));
            generator.Generate(pcm);
            Assert.InRange(AudioLevel.MeasureDbov(pcm), -level - 1.0, -level + 1.0);
        }

        generator.TryUpdate([127]);
        generator.Generate(pcm);
        Assert.True(pcm.AsSpan().IndexOfAnyExcept((short)0) < 0);
    }

    [Fact]
    public void ColouredNoise_ComesBackWithItsLevelAndItsShape()
    {
        var noise = LowPass(Sound.Noise(4, -30, 16_000));
        Span<float> reflection = stackalloc float[10];
        Span<byte> payload = stackalloc byte[11];
        var level = ComfortNoiseAnalyzer.Analyze(noise, reflection);
        Assert.Equal(11, ComfortNoise.Encode(level, reflection, payload));

        var generator = new ComfortNoiseGenerator(new RandomSource(2));
        Assert.True(generator.TryUpdate(payload));
        var made = new short[16_000];
        generator.Generate(made);

        Assert.InRange(AudioLevel.MeasureDbov(made) - AudioLevel.MeasureDbov(noise), -1.5, 1.5);
        Assert.InRange(LowToHighDecibels(made) - LowToHighDecibels(noise), -3, 3);
        Assert.True(LowToHighDecibels(noise) > 9);
    }

    [Fact] // RFC 3389 §3.2: k = 258 (N - 127) / 32768.
    public void Coefficients_AreQuantizedAsTheRfcSays()
    {
        Span<float> reflection = stackalloc float[3];
        byte[] payload = [0x80 | 40, 0, 127, 254];
        Assert.True(ComfortNoise.TryDecode(payload, reflection, out var level, out var order));
        Assert.Equal(40, level);
        Assert.Equal(3, order);
        Assert.Equal([-127 * 258 / 32_768f, 0, 127 * 258 / 32_768f], reflection.ToArray());
    }

    [Fact]
    public void AnyPayload_IsRefusedOrMakesBoundedNoise() =>
        Gen.Byte.Array[0, 40].Sample(payload =>
        {
            var generator = new ComfortNoiseGenerator(new RandomSource(3));
            Assert.Equal(payload.Length > 0, generator.TryUpdate(payload));
            var pcm = new short[800];
            generator.Generate(pcm);
            if (payload.Length == 0 || (payload[0] & 0x7F) == 127)
            {
                Assert.Equal(127, AudioLevel.Measure(pcm));
            }
        });

    [Fact]
    public void AnySound_HasReflectionCoefficientsInsideTheUnitCircle() =>
        Gen.Short.Array[0, 400].Sample(pcm =>
        {
            Span<float> reflection = stackalloc float[12];
            ComfortNoiseAnalyzer.Analyze(pcm, reflection);
            foreach (var coefficient in reflection)
            {
                Assert.InRange(coefficient, -0.9991f, 0.9991f);
            }
        });

    private static short[] LowPass(short[] pcm)
    {
        var output = new short[pcm.Length];
        var state = 0.0;
        for (var i = 0; i < pcm.Length; i++)
        {
            state = (0.8 * state) + (0.2 * pcm[i]);
            output[i] = Sound.Clip(state);
        }

        return output;
    }

    private static double LowToHighDecibels(ReadOnlySpan<short> pcm)
    {
        double low = 0, high = 0;
        for (var i = 1; i < pcm.Length; i++)
        {
            low += Math.Pow(pcm[i] + pcm[i - 1], 2);
            high += Math.Pow(pcm[i] - pcm[i - 1], 2);
        }

        return 10 * Math.Log10(low / high);
    }
}
