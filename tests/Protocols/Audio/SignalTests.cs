using CsCheck;
using Farspan.Kernel;

namespace Farspan.Audio.Tests;

public sealed class SignalTests
{
    private static readonly int[] Rates = [8_000, 16_000, 24_000, 48_000];
    private static readonly Gen<int> Rate = Gen.Int[0, 3].Select(i => Rates[i]);

    [Theory]
    [InlineData(8_000, 16_000, 1_000)]
    [InlineData(8_000, 16_000, 3_400)]
    [InlineData(16_000, 8_000, 1_000)]
    [InlineData(16_000, 8_000, 3_400)]
    [InlineData(48_000, 8_000, 1_000)]
    [InlineData(48_000, 16_000, 6_800)]
    [InlineData(8_000, 48_000, 3_400)]
    public void Resampler_PassesTheBandCleanly(int inputHz, int outputHz, double frequencyHz)
    {
        var output = Resample(Sound.Sine(frequencyHz, -10, inputHz, inputHz), inputHz, outputHz);

        var steady = output.AsSpan(outputHz / 10, outputHz / 2);
        Assert.InRange(Sound.ToneDbov(steady, frequencyHz, outputHz), -10.3, -9.9);
        Assert.True(Sound.ToneToRestDecibels(steady, frequencyHz, outputHz) > 55);
    }

    [Theory]
    [InlineData(16_000, 8_000, 4_400)]
    [InlineData(16_000, 8_000, 7_000)]
    [InlineData(48_000, 8_000, 4_400)]
    [InlineData(48_000, 16_000, 12_000)]
    public void Resampler_KeepsAliasesOut(int inputHz, int outputHz, double frequencyHz)
    {
        var output = Resample(Sound.Sine(frequencyHz, -10, inputHz, inputHz), inputHz, outputHz);
        Assert.True(AudioLevel.MeasureDbov(output.AsSpan(outputHz / 10)) < -66);
    }

    [Theory]
    [InlineData(8_000, 16_000)]
    [InlineData(16_000, 8_000)]
    [InlineData(48_000, 8_000)]
    public void Resampler_DelaysByWhatItSays(int inputHz, int outputHz)
    {
        var resampler = new Resampler(inputHz, outputHz);
        var input = new short[inputHz];
        input[inputHz / 2] = 32_000;
        var output = Resample(input, inputHz, outputHz);

        var peak = Array.IndexOf(output, output.Max());
        var delay = (peak / (double)outputHz) - 0.5;
        Assert.InRange(delay - resampler.Delay.TotalSeconds, -1.0 / outputHz, 1.0 / outputHz);
        Assert.True(resampler.Delay < TimeSpan.FromMilliseconds(2.3));
    }

    [Fact]
    public void Resampler_GivesTheSameWhateverThePieces() =>
        Gen.Select(Rate, Rate, Gen.Int[1, 700].Array[1, 20])
            .Sample((inputHz, outputHz, pieces) =>
            {
                var input = Sound.Noise(3, -20, pieces.Sum());
                var whole = new short[pieces.Sum() * 6];
                var total = 0;
                var resampler = new Resampler(inputHz, outputHz);
                var place = 0;
                foreach (var piece in pieces)
                {
                    total += resampler.Resample(input.AsSpan(place, piece), whole.AsSpan(total));
                    place += piece;
                }

                Assert.Equal(Resample(input, inputHz, outputHz), whole.AsSpan(0, total));
            });

    [Fact]
    public void ResampledCodecs_WorkAtTheRateOfTheOtherLeg()
    {
        var factory = new PureAudioCodecFactory();
        foreach (var codec in new[] { AudioCodec.Pcmu, AudioCodec.Pcma, AudioCodec.G722 })
        {
            foreach (var rate in new[] { 8_000, 16_000, 48_000 })
            {
                Assert.True(factory.TryCreateEncoder(codec, rate, out var encoder));
                Assert.True(factory.TryCreateDecoder(codec, rate, out var decoder));
                Assert.True(CodedTone(encoder, decoder, rate) > 25);
            }
        }

        Assert.False(factory.TryCreateEncoder(AudioCodec.Opus, 48_000, out _));
        Assert.False(factory.TryCreateDecoder(AudioCodec.Pcmu, 44_100, out _));
    }

    [Theory]
    [InlineData(-3.01, 3)]
    [InlineData(-20, 20)]
    [InlineData(-60, 60)]
    public void Level_IsRelativeToAFullScaleSquare(double dbov, byte wire)
    {
        var sine = Sound.Sine(1_000, dbov, 803);
        Assert.InRange(AudioLevel.MeasureDbov(sine), dbov - 0.2, dbov + 0.2);
        Assert.Equal(wire, AudioLevel.Measure(sine));
    }

    [Fact]
    public void Level_OfTheExtremes()
    {
        Assert.Equal(0, AudioLevel.MeasureDbov(Enumerable.Repeat(short.MinValue, 1_600).ToArray()));
        Assert.Equal(127, AudioLevel.Measure(new short[160]));
        Assert.Equal(127, AudioLevel.Measure([]));
    }

    [Fact]
    public void Energy_IsTheSumOfSquares() =>
        Gen.Short.Array[0, 100].Sample(pcm =>
            Assert.Equal(pcm.Sum(s => (double)s * s), AudioLevel.Energy(pcm)));

    [Fact]
    public void Silence_BeginsAfterTheHangoverAndEndsAtOnce()
    {
        var detector = new SilenceDetector(-50, TimeSpan.FromMilliseconds(100));
        for (var i = 1; i <= 10; i++)
        {
            Assert.Equal(i >= 5, detector.Accept(Sound.Noise(1, -60, 160), 8_000));
        }

        Assert.Equal(TimeSpan.FromMilliseconds(200), detector.SilentFor);
        Assert.False(detector.Accept(Sound.Noise(1, -30, 160), 8_000));
        Assert.Equal(TimeSpan.Zero, detector.SilentFor);
    }

    private static double CodedTone(IAudioEncoder encoder, IAudioDecoder decoder, int rate)
    {
        var pcm = Sound.Sine(1_000, -13, rate, rate);
        var payload = new byte[160];
        var decoded = new short[rate];
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(160, encoder.Encode(pcm.AsSpan(i * rate / 50, rate / 50), payload));
            Assert.Equal(rate / 50, decoder.Decode(payload, decoded.AsSpan(i * rate / 50, rate / 50)));
        }

        return Sound.ToneToRestDecibels(decoded.AsSpan(rate / 2), 1_000, rate);
    }

    private static short[] Resample(short[] input, int inputHz, int outputHz)
    {
        var resampler = new Resampler(inputHz, outputHz);
        var output = new short[resampler.MaxOutputSamples(input.Length) + 10];
        var total = 0;
        for (var place = 0; place < input.Length; place += 960)
        {
            var piece = input.AsSpan(place, Math.Min(960, input.Length - place));
            total += resampler.Resample(piece, output.AsSpan(total));
        }

        return output[..total];
    }
}
