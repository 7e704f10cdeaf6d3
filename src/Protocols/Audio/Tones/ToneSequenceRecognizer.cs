using Farspan.Kernel;

namespace Farspan.Audio;

/// <summary>
/// Hears <see cref="ToneSequence"/>s in a stream: whose they are and where each begins. Needs one whole
/// sequence, thus at most two periods of audio; says so each time one passes.
/// </summary>
/// <remarks>
/// Every 10 ms it supposes that a sequence ends here: of the two synchronisation tones enough must be in its
/// place, and ten symbols must make a code word. The neighbours of the true place pass too, so the purest
/// wins; where exactly symbols begin follows from how much the windows 30 ms before and after it hold. One owner;
/// allocates nothing a frame.
/// </remarks>
public sealed class ToneSequenceRecognizer
{
    private const int HistoryBlocks = 128;
    private const int SymbolBlocks = ToneSpectrum.BlocksInSymbol;

    // How many blocks beside the best place the position is measured, and how long a better place is waited
    // for.
    private const int Flank = 3;

    // Of both synchronisation tones together: a speech codec may spoil one of them, in every period of a call.
    // Noise gives each tone 1/320 of the energy of a symbol's 320 degrees of freedom at 8 kHz, speech a
    // little more.
    private const float MinSyncShare = 0.4f;

    // The mean over the twelve symbols.
    private const float MinMeanShare = 0.5f;

    private readonly ToneSpectrum _spectrum;
    private readonly float[] _shares = new float[HistoryBlocks * ToneSpectrum.Lanes];
    private readonly byte[] _bestTones = new byte[ToneSequence.Symbols];
    private long _blocks;
    private long _bestBlock = -1;
    private float _bestScore;
    private int _bestCorrected;

    /// <param name="sampleRateHz">8,000 or a multiple.</param>
    public ToneSequenceRecognizer(int sampleRateHz)
    {
        Invariant.Require(sampleRateHz is 8_000 or 16_000 or 24_000 or 32_000 or 48_000);
        _spectrum = new ToneSpectrum(sampleRateHz);
    }

    /// <summary>Takes the next piece of the stream, of any length.</summary>
    public void Accept(ReadOnlySpan<short> pcm, Outbox<ToneSequenceHeard> outbox)
    {
        foreach (var sample in pcm)
        {
            if (_spectrum.Push(sample))
            {
                _spectrum.Finish(SharesAt(_blocks));
                Look();
                Report(outbox);
                _blocks++;
            }
        }
    }

    private Span<float> SharesAt(long block) =>
        _shares.AsSpan((int)(block % HistoryBlocks) * ToneSpectrum.Lanes, ToneSpectrum.Lanes);

    private Span<float> SharesOf(int symbol, long lastBlock) =>
        SharesAt(lastBlock - ((ToneSequence.Symbols - 1 - symbol) * SymbolBlocks));

    // Supposes that a sequence ends with the current block.
    private void Look()
    {
        if (_blocks < (ToneSequence.Symbols * SymbolBlocks) - 1)
        {
            return;
        }

        var syncShare = SharesOf(0, _blocks)[ToneSequence.FirstSyncTone]
            + SharesOf(1, _blocks)[ToneSequence.FirstSyncTone + 1];
        if (syncShare < MinSyncShare)
        {
            return;
        }

        Span<byte> tones = stackalloc byte[ToneSequence.Symbols];
        if (TryRead(tones, out var corrected)
            && Score(tones) is var score
            && score >= MinMeanShare
            && score > _bestScore)
        {
            (_bestBlock, _bestScore, _bestCorrected) = (_blocks, score, corrected);
            tones.CopyTo(_bestTones);
        }
    }

    private bool TryRead(Span<byte> tones, out int corrected)
    {
        tones[0] = ToneSequence.FirstSyncTone;
        tones[1] = ToneSequence.FirstSyncTone + 1;
        for (var symbol = ToneSequence.SyncSymbols; symbol < ToneSequence.Symbols; symbol++)
        {
            var shares = SharesOf(symbol, _blocks)[..ToneSequence.FirstSyncTone];
            tones[symbol] = (byte)IndexOfLargest(shares);
        }

        return ToneCode.TryCorrect(tones[ToneSequence.SyncSymbols..], out corrected);
    }

    private float Score(ReadOnlySpan<byte> tones)
    {
        var sum = 0f;
        for (var symbol = 0; symbol < tones.Length; symbol++)
        {
            sum += SharesOf(symbol, _blocks)[tones[symbol]];
        }

        return sum / tones.Length;
    }

    private static int IndexOfLargest(ReadOnlySpan<float> values)
    {
        var largest = 0;
        for (var i = 1; i < values.Length; i++)
        {
            largest = values[i] > values[largest] ? i : largest;
        }

        return largest;
    }

    private void Report(Outbox<ToneSequenceHeard> outbox)
    {
        if (_bestBlock < 0 || _blocks - _bestBlock < Flank)
        {
            return;
        }

        var code = 0;
        foreach (var symbol in _bestTones.AsSpan(ToneSequence.SyncSymbols, ToneSequence.DataSymbols))
        {
            code = (code << 4) | symbol;
        }

        var firstBlock = _bestBlock + 1 - (ToneSequence.Symbols * SymbolBlocks);
        var start = (firstBlock + Offset()) * _spectrum.BlockSamples;
        outbox.Add(new ToneSequenceHeard(code, (long)Math.Round(start), _bestCorrected));
        _bestBlock = -1;
        _bestScore = 0;
    }

    // A window that is d too early or too late holds a share of amplitude of 1 - d/T where the neighbouring
    // symbol differs. Early and late windows, at equal distances, thus tell the offset of each boundary in
    // blocks. A boundary
    // that loss or concealment moved does not count: the median does.
    private double Offset()
    {
        Span<double> offsets = stackalloc double[ToneSequence.Symbols];
        var count = 0;
        for (var symbol = 1; symbol < ToneSequence.Symbols; symbol++)
        {
            var (before, after) = (_bestTones[symbol - 1], _bestTones[symbol]);
            var early = 1 - Amplitude(symbol, _bestBlock - Flank, after);
            var late = 1 - Amplitude(symbol - 1, _bestBlock + Flank, before);
            if (before != after && early + late > 1e-3)
            {
                offsets[count++] = Flank * (early - late) / (early + late);
            }
        }

        offsets[..count].Sort();
        return count == 0 ? 0 : (offsets[count / 2] + offsets[(count - 1) / 2]) / 2;
    }

    private double Amplitude(int symbol, long lastBlock, int tone) =>
        Math.Sqrt(SharesOf(symbol, lastBlock)[tone]);
}
