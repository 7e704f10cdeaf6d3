using Farspan.Kernel;

namespace Farspan.Audio;

/// <summary>
/// Measures background noise for a comfort-noise payload: its level and its spectral shape (RFC 3389 §3).
/// </summary>
public static class ComfortNoiseAnalyzer
{
    /// <summary>
    /// Computes the reflection coefficients of a frame by the recursion of Levinson and Durbin.
    /// </summary>
    /// <param name="pcm">A frame of background noise.</param>
    /// <param name="reflection">As many coefficients as are wanted, at most
    /// <see cref="AudioLimits.MaxComfortNoiseOrder"/>.</param>
    /// <returns>The level for the wire, 0 to 127.</returns>
    public static byte Analyze(ReadOnlySpan<short> pcm, Span<float> reflection)
    {
        Invariant.Require(reflection.Length <= AudioLimits.MaxComfortNoiseOrder);
        Span<double> correlation = stackalloc double[AudioLimits.MaxComfortNoiseOrder + 1];
        for (var lag = 0; lag <= reflection.Length; lag++)
        {
            correlation[lag] = Correlate(pcm, lag);
        }

        // A little white noise keeps the recursion stable for tones and silence.
        correlation[0] = (correlation[0] * 1.0001) + 1;
        Recurse(correlation, reflection);
        return AudioLevel.Measure(pcm);
    }

    private static double Correlate(ReadOnlySpan<short> pcm, int lag)
    {
        long sum = 0;
        for (var i = lag; i < pcm.Length; i++)
        {
            sum += pcm[i] * pcm[i - lag];
        }

        return sum;
    }

    private static void Recurse(ReadOnlySpan<double> correlation, Span<float> reflection)
    {
        Span<double> predictor = stackalloc double[AudioLimits.MaxComfortNoiseOrder + 1];
        Span<double> previous = stackalloc double[AudioLimits.MaxComfortNoiseOrder + 1];
        var error = correlation[0];
        for (var order = 1; order <= reflection.Length; order++)
        {
            predictor.CopyTo(previous);
            var sum = correlation[order];
            for (var i = 1; i < order; i++)
            {
                sum -= previous[i] * correlation[order - i];
            }

            var coefficient = Math.Clamp(sum / error, -0.999, 0.999);
            predictor[order] = coefficient;
            for (var i = 1; i < order; i++)
            {
                predictor[i] = previous[i] - (coefficient * previous[order - i]);
            }

            error *= 1 - (coefficient * coefficient);
            reflection[order - 1] = (float)coefficient;
        }
    }
}
