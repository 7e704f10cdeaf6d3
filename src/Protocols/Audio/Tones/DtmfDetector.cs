using System.Runtime.Intrinsics;
using Farspan.Kernel;

namespace Farspan.Audio;

/// <summary>
/// Hears DTMF in PCM (ITU-T Q.23, limits of ITU-T Q.24): 40 ms are a digit, 23 ms are not; twist up to 8 dB
/// (row louder) or 4 dB (column louder); frequencies 1.5 % off are taken.
/// </summary>
/// <remarks>
/// <para>Blocks of 12.75 ms overlap by half. A block speaks for a digit if one row and one column stand out
/// of their groups and the two hold most of the energy: speech spreads its energy over harmonics and fails
/// that test. Four blocks in a row must
/// agree.</para>
/// <para>One owner; allocates nothing a frame.</para>
/// </remarks>
public sealed class DtmfDetector
{
    private const int BlockSamplesAt8000Hz = 102;
    private const int BlocksToBegin = 4;
    private const int BlocksToEnd = 2;

    // -42 dBov for each tone, 11 dB below the weakest that Q.24 asks to take (-25 dBm0).
    private const float MinToneMeanSquare = 67_700;

    // 8 and 4 dB as power ratios, and 1 dB for noise and frequency errors.
    private const float MaxRowOverColumn = 7.9f;
    private const float MaxColumnOverRow = 3.2f;

    // 8 dB over the next of the same group.
    private const float MinOverGroup = 6.3f;

    // Tones 1.5 % off keep 77 % in the window; 3.5 % off at most 53 %.
    private const float MinShareOfBlock = 0.65f;

    private readonly int _hop;
    private GoertzelBank _filling;
    private GoertzelBank _finishing;
    private int _inHop;
    private long _position;
    private char _candidate;
    private int _run;
    private char _digit;
    private int _misses;
    private long _start;
    private long _end;

    /// <param name="sampleRateHz">8,000 or a multiple.</param>
    public DtmfDetector(int sampleRateHz)
    {
        Invariant.Require(sampleRateHz is 8_000 or 16_000 or 24_000 or 32_000 or 48_000);
        _hop = BlockSamplesAt8000Hz / 2 * (sampleRateHz / 8_000);
        _filling = new GoertzelBank(Dtmf.FrequenciesHz, sampleRateHz);
        _finishing = _filling;
    }

    /// <summary>The digit that is being heard, or null.</summary>
    public char? Current => _digit == default ? null : _digit;

    /// <summary>Takes the next piece of the stream, of any length.</summary>
    public void Accept(ReadOnlySpan<short> pcm, Outbox<DtmfEvent> outbox)
    {
        while (!pcm.IsEmpty)
        {
            var piece = pcm[..Math.Min(_hop - _inHop, pcm.Length)];
            _filling.Push(piece);
            _finishing.Push(piece);
            _inHop += piece.Length;
            _position += piece.Length;
            pcm = pcm[piece.Length..];
            if (_inHop == _hop)
            {
                _inHop = 0;
                Follow(FinishBlock(), outbox);
            }
        }
    }

    private char FinishBlock()
    {
        Span<float> tones = stackalloc float[Vector256<float>.Count];
        var total = _finishing.MeanSquare;
        _finishing.Finish(tones);
        (_filling, _finishing) = (_finishing, _filling);
        return Decide(tones[..4], tones[4..], total);
    }

    private static char Decide(ReadOnlySpan<float> rows, ReadOnlySpan<float> columns, float total)
    {
        var (row, rowPower, nextRow) = Strongest(rows);
        var (column, columnPower, nextColumn) = Strongest(columns);
        var isDigit = rowPower >= MinToneMeanSquare
            && columnPower >= MinToneMeanSquare
            && rowPower <= columnPower * MaxRowOverColumn
            && columnPower <= rowPower * MaxColumnOverRow
            && rowPower >= nextRow * MinOverGroup
            && columnPower >= nextColumn * MinOverGroup
            && rowPower + columnPower >= total * MinShareOfBlock;
        return isDigit ? Dtmf.DigitAt(row, column) : default;
    }

    private static (int Index, float Power, float Next) Strongest(ReadOnlySpan<float> group)
    {
        var index = 0;
        float power = -1, next = -1;
        for (var i = 0; i < group.Length; i++)
        {
            if (group[i] > power)
            {
                (index, power, next) = (i, group[i], power);
            }
            else
            {
                next = Math.Max(next, group[i]);
            }
        }

        return (index, power, next);
    }

    private void Follow(char heard, Outbox<DtmfEvent> outbox)
    {
        _run = heard == _candidate ? _run + 1 : 1;
        _candidate = heard;
        if (_digit != default)
        {
            FollowDigit(heard, outbox);
        }

        if (_digit == default && heard != default && _run >= BlocksToBegin)
        {
            _digit = heard;
            _misses = 0;
            _end = _position;
            _start = Math.Max(_position - ((BlocksToBegin + 1) * _hop), 0);
            outbox.Add(new DtmfEvent(_digit, HasEnded: false, _start, (int)(_end - _start)));
        }
    }

    private void FollowDigit(char heard, Outbox<DtmfEvent> outbox)
    {
        if (heard == _digit)
        {
            _misses = 0;
            _end = _position;
        }
        else if (++_misses >= BlocksToEnd)
        {
            outbox.Add(new DtmfEvent(_digit, HasEnded: true, _start, (int)(_end - _start)));
            _digit = default;
        }
    }
}
