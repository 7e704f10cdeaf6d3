using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Farspan.Audio;

/// <summary>
/// The share of each tone of a <see cref="ToneSequence"/> in the energy of the last symbol's length, every 10
/// ms.
/// </summary>
/// <remarks>
/// All tones have whole cycles in 10 ms, so the correlations of blocks add up to that of the symbol.
/// </remarks>
internal sealed class ToneSpectrum
{
    /// <summary>Tones rounded up to whole vectors; the last ones are never heard.</summary>
    public const int Lanes = 24;

    public const int BlockMilliseconds = 10;
    public const int BlocksInSymbol = ToneSequence.SymbolMilliseconds / BlockMilliseconds;

    // Cosines, then sines, of every lane for each sample of a block.
    private const int Columns = 2 * Lanes / 8;

    // -60 dBov: below this, shares mean nothing.
    private const float MinMeanSquare = 1_074;

    private readonly Vector256<float>[] _waves;
    private readonly Vector256<float>[] _blocks = new Vector256<float>[BlocksInSymbol * Columns];
    private readonly float[] _energies = new float[BlocksInSymbol];
    private int _sample;
    private int _block;

    public ToneSpectrum(int sampleRateHz)
    {
        BlockSamples = sampleRateHz * BlockMilliseconds / 1_000;
        _waves = new Vector256<float>[BlockSamples * Columns];
        var waves = MemoryMarshal.Cast<Vector256<float>, float>(_waves.AsSpan());
        for (var i = 0; i < BlockSamples * ToneSequence.Tones; i++)
        {
            var (sample, tone) = Math.DivRem(i, ToneSequence.Tones);
            var angle = 2 * Math.PI * ToneSequence.FrequenciesHz[tone] * sample / sampleRateHz;
            waves[(sample * 2 * Lanes) + tone] = (float)Math.Cos(angle);
            waves[(sample * 2 * Lanes) + Lanes + tone] = (float)Math.Sin(angle);
        }
    }

    public int BlockSamples { get; }

    /// <summary>Takes a sample; true when it completes a block.</summary>
    public bool Push(short sample)
    {
        var waves = _waves.AsSpan(_sample * Columns, Columns);
        var sums = _blocks.AsSpan(_block * Columns, Columns);
        var value = Vector256.Create((float)sample);
        for (var i = 0; i < Columns; i++)
        {
            sums[i] += waves[i] * value;
        }

        _energies[_block] += (float)sample * sample;
        _sample++;
        return _sample == BlockSamples;
    }

    /// <summary>
    /// Writes the share of each tone, 0 to 1, over the last symbol's length, and begins the next block.
    /// </summary>
    public void Finish(Span<float> shares)
    {
        var energy = 0f;
        foreach (var blockEnergy in _energies)
        {
            energy += blockEnergy;
        }

        var samples = BlockSamples * BlocksInSymbol;
        var scale = energy < MinMeanSquare * samples ? 0 : 2 / (samples * energy);
        for (var i = 0; i < Columns / 2; i++)
        {
            var (cos, sin) = (Sum(i), Sum(i + (Columns / 2)));
            (((cos * cos) + (sin * sin)) * scale).CopyTo(shares[(i * Vector256<float>.Count)..]);
        }

        _block = (_block + 1) % BlocksInSymbol;
        _sample = 0;
        _energies[_block] = 0;
        _blocks.AsSpan(_block * Columns, Columns).Clear();
    }

    private Vector256<float> Sum(int column)
    {
        var sum = Vector256<float>.Zero;
        for (var i = 0; i < BlocksInSymbol; i++)
        {
            sum += _blocks[(i * Columns) + column];
        }

        return sum;
    }
}
