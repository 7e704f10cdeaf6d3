using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Farspan.Audio;

/// <summary>
/// The delay line of the quadrature mirror filters of ITU-T G.722 (§3.1 and §4.4): the transmit and receive
/// filters have the same 24 coefficients and differ in what they do with the two sums.
/// </summary>
internal struct G722Filter
{
    private const int Length = 24;

    private static readonly int[] Coefficients = Interleave();

    private Line _line;

    /// <summary>Moves two samples in and the two oldest out.</summary>
    public void Push(int older, int newer)
    {
        Span<int> line = _line;
        line[2..].CopyTo(line);
        line[Length - 2] = older;
        line[Length - 1] = newer;
    }

    /// <summary>The sums over the samples at even and at odd places, the oldest being at place 0.</summary>
    public readonly (int Even, int Odd) Convolve()
    {
        ReadOnlySpan<int> line = _line;
        var samples = MemoryMarshal.Cast<int, Vector256<int>>(line);
        var coefficients = MemoryMarshal.Cast<int, Vector256<int>>(Coefficients);
        var products = Vector256<int>.Zero;
        for (var i = 0; i < samples.Length && i < coefficients.Length; i++)
        {
            products += samples[i] * coefficients[i];
        }

        var sums = products.GetLower() + products.GetUpper();
        return (sums[0] + sums[2], sums[1] + sums[3]);
    }

    // The filter forwards at even places and backwards at odd ones: it is symmetric.
    private static int[] Interleave()
    {
        var coefficients = new int[Length];
        for (var i = 0; i < Length / 2; i++)
        {
            coefficients[2 * i] = G722Tables.Qmf[i];
            coefficients[Length - 1 - (2 * i)] = G722Tables.Qmf[i];
        }

        return coefficients;
    }

    [InlineArray(Length)]
    private struct Line
    {
        private int _first;
    }
}
