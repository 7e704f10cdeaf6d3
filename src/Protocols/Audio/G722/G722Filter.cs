using System.Runtime.CompilerServices;

namespace Farspan.Audio;

/// <summary>
/// The delay line of the quadrature mirror filters of ITU-T G.722 (§3.1 and §4.4): the transmit and receive filters
/// have the same 24 coefficients and differ in what they do with the two sums.
/// </summary>
internal struct G722Filter
{
    private const int Pairs = 12;

    private Line _line;

    /// <summary>Moves two samples in and the two oldest out.</summary>
    public void Push(int older, int newer)
    {
        Span<int> line = _line;
        line[2..].CopyTo(line);
        line[^2] = older;
        line[^1] = newer;
    }

    /// <summary>The sums over the samples at even and at odd places, the oldest being at place 0.</summary>
    public readonly (int Even, int Odd) Convolve()
    {
        ReadOnlySpan<int> line = _line;
        var qmf = G722Tables.Qmf;
        int even = 0, odd = 0;
        for (var i = 0; i < Pairs; i++)
        {
            even += line[2 * i] * qmf[i];
            odd += line[(2 * i) + 1] * qmf[Pairs - 1 - i];
        }

        return (even, odd);
    }

    [InlineArray(2 * Pairs)]
    private struct Line
    {
        private int _first;
    }
}
