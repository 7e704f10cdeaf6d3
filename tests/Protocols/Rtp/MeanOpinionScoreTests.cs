using Farspan.Audio;

namespace Farspan.Rtp.Tests;

public sealed class MeanOpinionScoreTests
{
    [Theory] // ITU-T G.107 Annex B, table B.1: R and MOS.
    [InlineData(90, 4.34)]
    [InlineData(80, 4.03)]
    [InlineData(70, 3.60)]
    [InlineData(60, 3.10)]
    [InlineData(50, 2.58)]
    public void TheTableOfTheStandard_IsMet(double rFactor, double score) =>
        Assert.Equal(score, MeanOpinionScore.ToScore(rFactor), 0.01);

    [Fact]
    public void APerfectCall_HasTheDefaultRating()
    {
        var quality = MeanOpinionScore.Estimate(AudioCodec.Pcmu, 0, TimeSpan.Zero);

        Assert.Equal(93.2, quality.RFactor, 0.001);
        Assert.Equal(4.41, quality.Score, 0.01);
    }

    [Fact]
    public void LossAndDelay_OnlyMakeItWorse_AndStayInRange()
    {
        foreach (var codec in Enum.GetValues<AudioCodec>())
        {
            var previous = double.MaxValue;
            for (var step = 0; step <= 50; step++)
            {
                var delay = TimeSpan.FromMilliseconds(step * 40);
                var quality = MeanOpinionScore.Estimate(codec, step / 50.0, delay);
                Assert.True(quality.Score <= previous);
                Assert.InRange(quality.Score, 1, 4.5);
                Assert.InRange(quality.RFactor, 0, 100);
                previous = quality.Score;
            }
        }
    }

    [Fact]
    public void BurstyLoss_IsWorseThanRandomLoss()
    {
        var random = MeanOpinionScore.Estimate(AudioCodec.Pcma, 0.05, TimeSpan.Zero);
        var bursty = MeanOpinionScore.Estimate(AudioCodec.Pcma, 0.05, TimeSpan.Zero, burstRatio: 2);

        Assert.Equal(93.2 - (95 * 5 / 30.1), random.RFactor, 0.001);
        Assert.True(bursty.RFactor < random.RFactor);
    }
}
