using CsCheck;
using Farspan.Kernel;

namespace Farspan.Audio.Tests;

public sealed class DtmfTests
{
    [Theory]
    [InlineData(8_000)]
    [InlineData(16_000)]
    [InlineData(48_000)]
    public void EveryDigit_IsHeardOnceInOrder(int sampleRateHz) =>
        Assert.Equal(Dtmf.Digits, Heard(Play(Dtmf.Digits, 80, 80, sampleRateHz), sampleRateHz));

    [Fact] // ITU-T Q.24: at least 40 ms of signal, at least 40 ms of pause.
    public void ShortestSignalsAndPauses_AreHeard() =>
        Assert.Equal(Dtmf.Digits, Heard(Play(Dtmf.Digits, 42, 42, 8_000), 8_000));

    [Theory] // ITU-T Q.24 gives 20 to 24 ms as what must not be taken for a signal.
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(23)]
    public void ShorterSignal_IsNotHeard(int milliseconds) =>
        Assert.Equal("", Heard(Play(Dtmf.Digits, milliseconds, 60, 8_000), 8_000));

    [Theory]
    [InlineData(-6, -6)]
    [InlineData(-13, -13)]
    [InlineData(-31, -31)] // -25 dBm0
    [InlineData(-20, -27.5)] // Twist: row 7.5 dB louder.
    [InlineData(-20, -16.5)] // Reverse twist: column 3.5 dB louder.
    public void LevelsAndTwistWithinTheLimits_AreHeard(double rowDbov, double columnDbov) =>
        Assert.Equal(Dtmf.Digits, Heard(Play(Dtmf.Digits, 60, 60, 8_000, rowDbov, columnDbov), 8_000));

    [Theory]
    [InlineData(-48, -48)]
    [InlineData(-10, -24)]
    [InlineData(-24, -10)]
    public void LevelsAndTwistBeyondTheLimits_AreNot(double rowDbov, double columnDbov) =>
        Assert.Equal("", Heard(Play(Dtmf.Digits, 60, 60, 8_000, rowDbov, columnDbov), 8_000));

    [Theory] // ITU-T Q.24: ± 1.5 % must be taken, ± 3.5 % must not.
    [InlineData(0.985, 16)]
    [InlineData(1.015, 16)]
    [InlineData(0.965, 0)]
    [InlineData(1.035, 0)]
    public void FrequencyErrors_AreTakenUpToALimit(double factor, int expected)
    {
        var heard = "";
        foreach (var digit in Dtmf.Digits)
        {
            var (rowHz, columnHz) = Dtmf.FrequenciesOf(digit);
            var tone = Sound.Mix(
                Sound.Sine(rowHz * factor, -15, 800), Sound.Sine(columnHz * factor, -15, 800));
            heard += Heard([.. tone, .. new short[400]], 8_000);
        }

        Assert.Equal(expected, heard.Length);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(20)]
    [InlineData(30)]
    public void NoiseBelowTheSignal_DoesNotHideIt(int decibels)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var digits = Play(Dtmf.Digits, 70, 60, 8_000);
            var noisy = Sound.Mix(digits, Sound.Noise(seed, -11 - decibels, digits.Length));
            Assert.Equal(Dtmf.Digits, Heard(noisy, 8_000));
        }
    }

    [Fact]
    public void CompandedDigits_AreHeard()
    {
        var pcm = Play(Dtmf.Digits, 60, 60, 8_000);
        var coded = pcm.Select(s => G711.DecodeMuLaw(G711.EncodeMuLaw(s))).ToArray();
        Assert.Equal(Dtmf.Digits, Heard(coded, 8_000));
    }

    [Fact] // Talk-off: 30 minutes of something like speech.
    public void Speech_IsNoDigit()
    {
        for (ulong seed = 0; seed < 60; seed++)
        {
            Assert.Equal("", Heard(Sound.Speech(seed, 30 * 8_000), 8_000));
        }
    }

    [Fact]
    public void NoiseAndSingleTonesAndCallProgress_AreNoDigits()
    {
        Assert.Equal("", Heard(Sound.Noise(9, -10, 60 * 8_000), 8_000));
        Assert.Equal("", Heard(Sound.Mix(Sound.Sine(440, -15, 16_000), Sound.Sine(480, -15, 16_000)), 8_000));
        Assert.Equal("", Heard(Sound.Mix(Sound.Sine(350, -15, 16_000), Sound.Sine(440, -15, 16_000)), 8_000));
        foreach (var frequencyHz in Dtmf.FrequenciesHz)
        {
            Assert.Equal("", Heard(Sound.Sine(frequencyHz, -12, 16_000), 8_000));
        }
    }

    [Fact]
    public void ToneSequences_AreNoDigits()
    {
        var pcm = new short[80_000];
        new ToneSequenceGenerator(31_415, 8_000).Generate(pcm);
        Assert.Equal("", Heard(pcm, 8_000));
    }

    [Fact]
    public void Digit_HasItsPlaceAndLength()
    {
        var outbox = new Outbox<DtmfEvent>();
        var detector = new DtmfDetector(8_000);
        detector.Accept(new short[1_000], outbox);
        detector.Accept(Play("7", 100, 100, 8_000), outbox);

        Assert.Equal(2, outbox.Count);
        Assert.False(outbox[0].HasEnded);
        Assert.True(outbox[1].HasEnded);
        Assert.InRange(outbox[1].StartSample, 1_000 - 80, 1_000 + 80);
        Assert.InRange(outbox[1].DurationSamples, 800 - 120, 800 + 120);
        Assert.Null(detector.Current);
    }

    [Fact]
    public void AnyPieces_HearTheSame() =>
        Gen.Int[1, 400].Array[1, 200].Sample(pieces =>
        {
            var pcm = Play("159D", 60, 60, 8_000);
            var outbox = new Outbox<DtmfEvent>();
            var detector = new DtmfDetector(8_000);
            var place = 0;
            for (var i = 0; place < pcm.Length; i++)
            {
                var piece = Math.Min(pieces[i % pieces.Length], pcm.Length - place);
                detector.Accept(pcm.AsSpan(place, piece), outbox);
                place += piece;
            }

            Assert.Equal("159D", Begun(outbox));
        });

    [Fact]
    public void Generator_RefusesWhatIsNoDigitAndMoreThanItsLimit()
    {
        var length = TimeSpan.FromMilliseconds(80);
        var generator = new DtmfGenerator(8_000, length, length);
        Assert.False(generator.TryEnqueue('x'));
        var digits = Enumerable.Repeat('1', DtmfGenerator.MaxDigits);
        Assert.All(digits, digit => Assert.True(generator.TryEnqueue(digit)));
        Assert.False(generator.TryEnqueue('1'));
    }

    [Fact] // RFC 4733 §3.2
    public void EventCodes_AreThoseOfTheRfc()
    {
        Assert.Equal(10, Dtmf.ToEvent('*'));
        Assert.Equal(11, Dtmf.ToEvent('#'));
        Assert.Equal(15, Dtmf.ToEvent('D'));
        Assert.Equal(-1, Dtmf.ToEvent('E'));
        Assert.True(Dtmf.TryFromEvent(0, out var digit));
        Assert.Equal('0', digit);
        Assert.False(Dtmf.TryFromEvent(16, out _));
    }

    private static short[] Play(
        string digits,
        int toneMs,
        int pauseMs,
        int sampleRateHz,
        double rowDbov = -15,
        double columnDbov = -13)
    {
        var generator = new DtmfGenerator(
            sampleRateHz, TimeSpan.FromMilliseconds(toneMs), TimeSpan.FromMilliseconds(pauseMs))
        {
            RowDbov = rowDbov,
            ColumnDbov = columnDbov,
        };
        Assert.All(digits, digit => Assert.True(generator.TryEnqueue(digit)));
        var pcm = new short[((digits.Length * (toneMs + pauseMs)) + 60) * sampleRateHz / 1_000];
        generator.Generate(pcm);
        Assert.False(generator.IsPlaying);
        return pcm;
    }

    private static string Heard(ReadOnlySpan<short> pcm, int sampleRateHz)
    {
        var outbox = new Outbox<DtmfEvent>();
        new DtmfDetector(sampleRateHz).Accept(pcm, outbox);
        return Begun(outbox);
    }

    private static string Begun(Outbox<DtmfEvent> outbox) =>
        string.Concat(outbox.Drain().Where(e => !e.HasEnded).Select(e => e.Digit));
}
