namespace Farspan.Audio.Tests;

public sealed class WaveformConcealerTests
{
    [Theory]
    [InlineData(8_000, 100)]
    [InlineData(8_000, 440)]
    [InlineData(8_000, 1_800)]
    [InlineData(16_000, 210)]
    public void LostFrameOfAPeriodicSound_IsHardlyHeard(int sampleRateHz, double frequencyHz)
    {
        var pcm = Sound.Sine(frequencyHz, -13, sampleRateHz, sampleRateHz);
        var original = pcm.ToArray();
        var frame = sampleRateHz / 50;
        RunWithLoss(new WaveformConcealer(sampleRateHz), pcm, frame, lost: i => i == 20);

        var gap = pcm.AsSpan(20 * frame, frame);
        Assert.NotEqual(original.AsSpan(20 * frame, frame).ToArray(), gap.ToArray());
        Assert.True(Correlation(original.AsSpan(20 * frame, frame), gap) > 0.97);
        Assert.InRange(AudioLevel.MeasureDbov(gap), -15, -12.9);
    }

    [Fact]
    public void Gap_FadesToSilenceWithin60Milliseconds()
    {
        var pcm = Sound.Sine(200, -13, 8_000);
        RunWithLoss(new WaveformConcealer(8_000), pcm, 160, lost: i => i >= 20);

        Assert.True(AudioLevel.MeasureDbov(pcm.AsSpan(20 * 160, 80)) > -14);
        Assert.True(AudioLevel.MeasureDbov(pcm.AsSpan((20 * 160) + 240, 80)) < -15);
        Assert.True(pcm.AsSpan((20 * 160) + 480).IndexOfAnyExcept((short)0) < 0);
    }

    [Fact]
    public void BeginningAndEndOfAGap_HaveNoStep()
    {
        var pcm = Sound.Sine(210, -10, 8_000);
        var steepest = Steepest(pcm);
        RunWithLoss(new WaveformConcealer(8_000), pcm, 160, lost: i => i % 7 == 6);

        Assert.InRange(Steepest(pcm), 1, (int)(1.5 * steepest));
    }

    [Fact]
    public void SpeechWithFivePercentLoss_IsCloserThanWithSilenceInstead()
    {
        var original = Sound.Speech(5, 80_000);
        var concealed = original.ToArray();
        var silenced = original.ToArray();
        RunWithLoss(new WaveformConcealer(8_000), concealed, 160, lost: i => i % 20 == 13);
        for (var i = 13; i < 500; i += 20)
        {
            silenced.AsSpan(i * 160, 160).Clear();
        }

        Assert.True(Error(original, concealed) < 0.5 * Error(original, silenced));
    }

    [Fact]
    public void NothingHeardBefore_ConcealsWithSilence()
    {
        var pcm = new short[160];
        new WaveformConcealer(8_000).Conceal(pcm);
        Assert.Equal(new short[160], pcm);
    }

    [Fact]
    public void Frame_AllocatesNothing()
    {
        var concealer = new WaveformConcealer(8_000);
        var pcm = Sound.Sine(300, -13, 160);
        RunWithLoss(concealer, pcm, 160, lost: _ => true);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            concealer.Accept(pcm);
            concealer.Conceal(pcm);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static void RunWithLoss(WaveformConcealer concealer, short[] pcm, int frame, Predicate<int> lost)
    {
        for (var i = 0; (i + 1) * frame <= pcm.Length; i++)
        {
            var samples = pcm.AsSpan(i * frame, frame);
            if (lost(i))
            {
                samples.Clear();
                concealer.Conceal(samples);
            }
            else
            {
                concealer.Accept(samples);
            }
        }
    }

    private static double Correlation(ReadOnlySpan<short> left, ReadOnlySpan<short> right)
    {
        double product = 0;
        for (var i = 0; i < left.Length; i++)
        {
            product += (double)left[i] * right[i];
        }

        return product / Math.Sqrt(AudioLevel.Energy(left) * AudioLevel.Energy(right));
    }

    private static double Error(ReadOnlySpan<short> left, ReadOnlySpan<short> right)
    {
        double sum = 0;
        for (var i = 0; i < left.Length; i++)
        {
            sum += Math.Pow(left[i] - right[i], 2);
        }

        return sum;
    }

    private static int Steepest(ReadOnlySpan<short> pcm)
    {
        var steepest = 0;
        for (var i = 1; i < pcm.Length; i++)
        {
            steepest = Math.Max(steepest, Math.Abs(pcm[i] - pcm[i - 1]));
        }

        return steepest;
    }
}
