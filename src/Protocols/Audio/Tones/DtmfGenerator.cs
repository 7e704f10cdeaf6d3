using Farspan.Kernel;

namespace Farspan.Audio;

/// <summary>
/// Plays digits as DTMF (ITU-T Q.23), each followed by a pause. One owner; allocates nothing a frame.
/// </summary>
public sealed class DtmfGenerator
{
    /// <summary>Digits that may wait.</summary>
    public const int MaxDigits = 64;

    // Each edge fades over 2 ms, so that it does not click.
    private const int EdgesEachSecond = 500;

    private readonly BoundedQueue<char> _waiting = new(MaxDigits);
    private readonly int _sampleRateHz;
    private readonly int _toneSamples;
    private readonly int _signalSamples;
    private readonly int _edgeSamples;
    private SineOscillator _row;
    private SineOscillator _column;
    private int _position;

    /// <param name="sampleRateHz">The rate of the PCM.</param>
    /// <param name="tone">How long each digit sounds.</param>
    /// <param name="pause">How long it is quiet after each.</param>
    public DtmfGenerator(int sampleRateHz, TimeSpan tone, TimeSpan pause)
    {
        _sampleRateHz = sampleRateHz;
        _toneSamples = (int)(tone.TotalSeconds * sampleRateHz);
        _signalSamples = _toneSamples + (int)(pause.TotalSeconds * sampleRateHz);
        _edgeSamples = Math.Min(sampleRateHz / EdgesEachSecond, Math.Max(_toneSamples / 2, 1));
        _position = _signalSamples;
    }

    /// <summary>The level of the row's tone, dBov; -15 is about -9 dBm0.</summary>
    public double RowDbov { get; init; } = -15;

    /// <summary>
    /// The level of the column's tone, dBov. It is usually sent 2 dB louder: lines weaken it more.
    /// </summary>
    public double ColumnDbov { get; init; } = -13;

    /// <summary>Whether something is left to play.</summary>
    public bool IsPlaying => _position < _signalSamples || _waiting.Count > 0;

    /// <summary>Adds a digit; false if it is none or too many wait.</summary>
    public bool TryEnqueue(char digit) => Dtmf.IsDigit(digit) && _waiting.TryEnqueue(digit);

    /// <summary>Fills a frame: tones, pauses, and silence when there is nothing to play.</summary>
    public void Generate(Span<short> pcm)
    {
        foreach (ref var sample in pcm)
        {
            if (_position >= _signalSamples && !TryStart())
            {
                sample = 0;
                continue;
            }

            sample = _position < _toneSamples ? Tone() : (short)0;
            _position++;
        }
    }

    private bool TryStart()
    {
        if (!_waiting.TryDequeue(out var digit))
        {
            return false;
        }

        var (rowHz, columnHz) = Dtmf.FrequenciesOf(digit);
        _row = new SineOscillator(rowHz, _sampleRateHz, Peak(RowDbov));
        _column = new SineOscillator(columnHz, _sampleRateHz, Peak(ColumnDbov));
        _position = 0;
        return true;
    }

    private short Tone()
    {
        var edge = Math.Min(Math.Min(_position, _toneSamples - _position) / (double)_edgeSamples, 1);
        return (short)Math.Clamp((_row.Next() + _column.Next()) * edge, short.MinValue, short.MaxValue);
    }

    private static double Peak(double dbov) => 32_768 * Math.Sqrt(2) * Math.Pow(10, dbov / 20);
}
