using System.Runtime.Intrinsics;
using System.Runtime.InteropServices;

namespace Farspan.Audio;

/// <summary>
/// How loud a frame is, in dBov: decibels of its root mean square relative to the overload point, which is
/// that of a full-scale square wave (RFC 6464 §3, RFC 3389 §3.1). A full-scale sine is at -3 dBov.
/// </summary>
public static class AudioLevel
{
    /// <summary>The level of digital silence on the wire, and the lowest it can say.</summary>
    public const int Silence = 127;

    private const double FullScale = 32_768;

    /// <summary>The root mean square in dBov: 0 or less; negative infinity for digital silence.</summary>
    public static double MeasureDbov(ReadOnlySpan<short> pcm) =>
        pcm.IsEmpty
            ? double.NegativeInfinity
            : 10 * Math.Log10(Energy(pcm) / (pcm.Length * FullScale * FullScale));

    /// <summary>The level as the wire carries it: minus dBov, 0 (loudest) to 127 (silence).</summary>
    public static byte Measure(ReadOnlySpan<short> pcm) => ToWire(MeasureDbov(pcm));

    /// <summary>Rounds a level in dBov to the scale of the wire.</summary>
    public static byte ToWire(double dbov) => (byte)Math.Clamp(Math.Round(-dbov), 0, Silence);

    /// <summary>The root mean square, in steps of 16-bit PCM, that a level on the wire means.</summary>
    public static double ToAmplitude(int minusDbov) =>
        minusDbov >= Silence ? 0 : FullScale * Math.Pow(10, -minusDbov / 20.0);

    /// <summary>The sum of the squares of the samples.</summary>
    public static double Energy(ReadOnlySpan<short> pcm)
    {
        var vectors = MemoryMarshal.Cast<short, Vector256<short>>(pcm);
        var sums = Vector256<long>.Zero;
        foreach (var vector in vectors)
        {
            var (low, high) = Vector256.Widen(vector);
            var (first, second) = Vector256.Widen((low * low).AsUInt32());
            var (third, fourth) = Vector256.Widen((high * high).AsUInt32());
            sums += (first + second + third + fourth).AsInt64();
        }

        var energy = Vector256.Sum(sums);
        foreach (var sample in pcm[(vectors.Length * Vector256<short>.Count)..])
        {
            energy += sample * sample;
        }

        return energy;
    }
}
