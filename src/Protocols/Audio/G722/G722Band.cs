using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Farspan.Audio;

/// <summary>
/// One sub-band of ITU-T G.722: the adaptive predictor with two poles and six zeros, and the scale factor of
/// its quantizer (§3.5, §3.6; the fixed-point arithmetic of §6.2). Encoder and decoder run the same code on
/// the same
/// code words, which keeps them in step.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct G722Band
{
    private const int PoleLimit = 12_288;
    private const int PoleSumLimit = 15_360;

    private readonly int _scaleLimit;
    private readonly int _scaleShift;
    private Vector256<int> _zeros;
    private Vector256<int> _differences;
    private int _pole1;
    private int _pole2;
    private int _reconstructed1;
    private int _reconstructed2;
    private int _partial1;
    private int _partial2;
    private int _zeroEstimate;
    private int _logScale;

    private G722Band(int scale, int scaleLimit, int scaleShift)
    {
        Scale = scale;
        _scaleLimit = scaleLimit;
        _scaleShift = scaleShift;
    }

    /// <summary>The estimate of the next sample.</summary>
    public int Estimate { get; private set; }

    /// <summary>The scale factor of the quantizer, 1/4096 of a sample.</summary>
    public int Scale { get; private set; }

    /// <summary>0 to 4 kHz, 6 bits a sample.</summary>
    public static G722Band CreateLower() => new(scale: 32, scaleLimit: 18_432, scaleShift: 8);

    /// <summary>4 to 8 kHz, 2 bits a sample.</summary>
    public static G722Band CreateHigher() => new(scale: 8, scaleLimit: 22_528, scaleShift: 10);

    /// <summary>Learns from the code word that was sent or received.</summary>
    /// <param name="difference">The difference signal that the code word stands for.</param>
    /// <param name="scaleStep">What the code word adds to the logarithm of the scale factor.</param>
    public void Adapt(int difference, int scaleStep)
    {
        AdaptScale(scaleStep);
        var reconstructed = Saturate(Estimate + difference);
        var partial = Saturate(_zeroEstimate + difference);
        AdaptPoles(partial);
        AdaptZeros(difference);
        Predict(reconstructed);
        _partial2 = _partial1;
        _partial1 = partial;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Saturate(int value) => Math.Min(Math.Max(value, short.MinValue), short.MaxValue);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Saturate(Vector256<int> values) => Vector256.Min(
        Vector256.Max(values, Vector256.Create((int)short.MinValue)), Vector256.Create((int)short.MaxValue));

    // LOGSCL, SCALEL and SCALEH.
    private void AdaptScale(int step)
    {
        _logScale = Math.Clamp(((_logScale * 127) >> 7) + step, 0, _scaleLimit);
        var mantissa = (int)G722Tables.Antilog[(_logScale >> 6) & 31];
        var shift = _scaleShift - (_logScale >> 11);
        Scale = (shift < 0 ? mantissa << -shift : mantissa >> shift) << 2;
    }

    // UPPOL2, then UPPOL1, whose limit depends on it.
    private void AdaptPoles(int partial)
    {
        var agreesWith1 = (partial ^ _partial1) >= 0;
        var agreesWith2 = (partial ^ _partial2) >= 0;

        var leaning = Saturate(_pole1 << 2);
        leaning = Math.Min(agreesWith1 ? -leaning : leaning, short.MaxValue) >> 7;
        var pole2 = leaning + (agreesWith2 ? 128 : -128) + ((_pole2 * 32_512) >> 15);
        _pole2 = Math.Clamp(pole2, -PoleLimit, PoleLimit);

        var pole1 = Saturate((agreesWith1 ? 192 : -192) + ((_pole1 * 32_640) >> 15));
        var limit = Saturate(PoleSumLimit - _pole2);
        _pole1 = Math.Clamp(pole1, -limit, limit);
    }

    // UPZERO and DELAYA, all six zeros at once. The two lanes that are left over have no gain and stay zero.
    private void AdaptZeros(int difference)
    {
        var gain = difference == 0 ? Vector256<int>.Zero : Vector256.Create(128, 128, 128, 128, 128, 128, 0, 0);
        var disagrees = (_differences ^ Vector256.Create(difference)) >> 31;
        var step = (gain ^ disagrees) - disagrees;
        _zeros = Saturate(step + ((_zeros * 32_640) >> 15));
        _differences = Vector256.Shuffle(_differences, Vector256.Create(0, 0, 1, 2, 3, 4, 5, 6))
            .WithElement(0, difference);
    }

    // FILTEP, FILTEZ and PREDIC.
    private void Predict(int reconstructed)
    {
        _reconstructed2 = _reconstructed1;
        _reconstructed1 = reconstructed;
        var pole1 = (_pole1 * Saturate(2 * _reconstructed1)) >> 15;
        var pole2 = (_pole2 * Saturate(2 * _reconstructed2)) >> 15;
        var poleEstimate = Saturate(pole1 + pole2);

        var sum = Vector256.Sum((_zeros * Saturate(_differences << 1)) >> 15);
        _zeroEstimate = Saturate(sum);
        Estimate = Saturate(poleEstimate + _zeroEstimate);
    }
}
