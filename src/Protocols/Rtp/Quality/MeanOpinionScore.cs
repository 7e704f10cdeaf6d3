using Farspan.Audio;
using Farspan.Kernel;

namespace Farspan.Rtp;

/// <summary>
/// The E-model (ITU-T G.107) with all defaults but delay, codec and loss: R = 93.2 - Id - Ie,eff, and the
/// opinion score of its Annex B.
/// </summary>
/// <remarks>
/// The delay impairment is the usual straight-line approximation (Cole and Rosenbluth, 2001). G.113 appendix
/// I gives values for G.711 with concealment only; the same are taken for G.722 and Opus on this narrowband
/// scale, which says nothing of what wider bands add.
/// </remarks>
public static class MeanOpinionScore
{
    private const double DefaultRating = 93.2;
    private const double WorstEquipmentImpairment = 95;
    private const double KneeMilliseconds = 177.3;

    /// <param name="codec">The codec that was heard.</param>
    /// <param name="lossRatio">0 to 1: packets lost or too late to be played.</param>
    /// <param name="oneWayDelay">Mouth to ear: network, jitter buffer and packet.</param>
    /// <param name="burstRatio">1 for random loss; larger where losses come together.</param>
    public static CallQuality Estimate(
        AudioCodec codec, double lossRatio, TimeSpan oneWayDelay, double burstRatio = 1)
    {
        var lossImpairment = LossImpairment(codec, lossRatio, burstRatio);
        var rating = DefaultRating - DelayImpairment(oneWayDelay) - lossImpairment;
        var rFactor = Math.Clamp(rating, 0, 100);
        return new CallQuality(rFactor, ToScore(rFactor));
    }

    /// <summary>ITU-T G.107 Annex B.</summary>
    public static double ToScore(double rFactor) => rFactor switch
    {
        <= 0 => 1,
        >= 100 => 4.5,
        _ => Math.Max(1, 1 + (0.035 * rFactor) + (rFactor * (rFactor - 60) * (100 - rFactor) * 7e-6)),
    };

    private static double DelayImpairment(TimeSpan oneWayDelay)
    {
        var milliseconds = Math.Max(0, oneWayDelay.TotalMilliseconds);
        return (0.024 * milliseconds) + (0.11 * Math.Max(0, milliseconds - KneeMilliseconds));
    }

    // G.107 §7.5: Ie,eff = Ie + (95 - Ie) * Ppl / (Ppl / BurstR + Bpl), with Ppl in percent.
    private static double LossImpairment(AudioCodec codec, double lossRatio, double burstRatio)
    {
        var (impairment, robustness) = TraitsOf(codec);
        var percent = 100 * Math.Clamp(lossRatio, 0, 1);
        var burstPercent = percent / Math.Max(1, burstRatio);
        return impairment
            + ((WorstEquipmentImpairment - impairment) * percent / (burstPercent + robustness));
    }

    // Ie and Bpl.
    private static (double Impairment, double Robustness) TraitsOf(AudioCodec codec) => codec switch
    {
        AudioCodec.Pcmu or AudioCodec.Pcma or AudioCodec.G722 or AudioCodec.Opus => (0, 25.1),
        _ => throw Invariant.Unreachable(codec),
    };
}
