using System.Runtime.Intrinsics;
using Farspan.Kernel;

namespace Farspan.Audio;

/// <summary>
/// Goertzel's recursion for eight frequencies at once: the power of each in a block, and that of the whole
/// block.
/// </summary>
internal struct GoertzelBank
{
    private readonly Vector256<float> _coefficients;
    private Vector256<float> _last;
    private Vector256<float> _beforeLast;
    private float _energy;
    private int _samples;

    public GoertzelBank(ReadOnlySpan<float> frequenciesHz, int sampleRateHz)
    {
        Invariant.Require(frequenciesHz.Length == Vector256<float>.Count);
        Span<float> coefficients = stackalloc float[Vector256<float>.Count];
        for (var i = 0; i < coefficients.Length; i++)
        {
            coefficients[i] = 2 * MathF.Cos(2 * MathF.PI * frequenciesHz[i] / sampleRateHz);
        }

        _coefficients = Vector256.Create<float>(coefficients);
    }

    /// <summary>The mean square of the block.</summary>
    public readonly float MeanSquare => _samples == 0 ? 0 : _energy / _samples;

    public void Push(ReadOnlySpan<short> pcm)
    {
        var (last, beforeLast, energy) = (_last, _beforeLast, _energy);
        foreach (var sample in pcm)
        {
            var next = (_coefficients * last) - beforeLast + Vector256.Create((float)sample);
            beforeLast = last;
            last = next;
            energy += (float)sample * sample;
        }

        (_last, _beforeLast, _energy) = (last, beforeLast, energy);
        _samples += pcm.Length;
    }

    /// <summary>
    /// The mean square that each frequency contributes; a pure tone's is that of the block. Starts a new
    /// block.
    /// </summary>
    public void Finish(Span<float> meanSquares)
    {
        var power = (_last * _last) + (_beforeLast * _beforeLast) - (_coefficients * _last * _beforeLast);
        (power * (2f / ((float)_samples * _samples))).CopyTo(meanSquares);
        _last = _beforeLast = Vector256<float>.Zero;
        _energy = 0;
        _samples = 0;
    }
}
