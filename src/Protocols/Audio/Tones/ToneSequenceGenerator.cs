using Farspan.Kernel;

namespace Farspan.Audio;

/// <summary>
/// Plays the <see cref="ToneSequence"/> of one code again and again. One owner; allocates nothing a frame.
/// </summary>
public sealed class ToneSequenceGenerator
{
    private const double Level = -14;

    private readonly byte[] _tones = new byte[ToneSequence.Symbols];
    private readonly int _sampleRateHz;
    private readonly int _symbolSamples;
    private readonly double _peak = 32_768 * Math.Sqrt(2) * Math.Pow(10, Level / 20);
    private SineOscillator _oscillator;
    private int _symbol;
    private int _inSymbol;

    /// <param name="code">Which call, from 0 to <see cref="ToneSequence.Codes"/> - 1.</param>
    /// <param name="sampleRateHz">The rate of the PCM.</param>
    public ToneSequenceGenerator(int code, int sampleRateHz)
    {
        Invariant.Require(code is >= 0 and < ToneSequence.Codes);
        ToneSequence.Encode(code, _tones);
        _sampleRateHz = sampleRateHz;
        _symbolSamples = sampleRateHz * ToneSequence.SymbolMilliseconds / 1_000;
    }

    /// <summary>Samples of one sequence: one begins at each multiple of it.</summary>
    public int PeriodSamples => _symbolSamples * ToneSequence.Symbols;

    public void Generate(Span<short> pcm)
    {
        foreach (ref var sample in pcm)
        {
            if (_inSymbol == 0)
            {
                var frequencyHz = ToneSequence.FrequenciesHz[_tones[_symbol]];
                _oscillator = new SineOscillator(frequencyHz, _sampleRateHz, _peak);
            }

            sample = (short)Math.Round(_oscillator.Next());
            if (++_inSymbol == _symbolSamples)
            {
                _inSymbol = 0;
                _symbol = (_symbol + 1) % ToneSequence.Symbols;
            }
        }
    }
}
