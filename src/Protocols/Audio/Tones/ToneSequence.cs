namespace Farspan.Audio;

/// <summary>
/// A sequence of tones that names a call, so that a test can say whose audio it hears and how late. It
/// repeats:
/// </summary>
/// <remarks>
/// <code>
///   | sync 0 | sync 1 | d0 d1 d2 d3 | p0 p1 p2 p3 p4 p5 |     12 symbols of 80 ms = 0.96 s
/// </code>
/// <para>
/// A symbol is one of 18 tones; two are used by the synchronisation alone, the other 16 are the elements of
/// GF(16). The four data symbols are the 16 bits of the code, most significant first; the six parity symbols
/// make a Reed-Solomon code
/// of distance 7: one wrong symbol is corrected and four more are noticed.
/// </para>
/// <para>
/// All frequencies are multiples of 100 Hz: any 10 ms hold whole cycles of each, so they are orthogonal,
/// symbols begin and end at zero, and analysis needs no window. They pass the telephone band, keep away from
/// DTMF (697-1633 Hz), from the fax and modem tones
/// at 1100 and 2100 Hz, and survive G.711, G.722 and Opus, which are built for less regular sounds.
/// </para>
/// <para>
/// Tones, unlike noise codes, survive codecs that keep no phase, and a lost packet concealed by repetition
/// repeats the tone.
/// </para>
/// </remarks>
public static class ToneSequence
{
    /// <summary>Codes from 0 up to, not including, this.</summary>
    public const int Codes = 1 << (4 * DataSymbols);

    internal const int SyncSymbols = 2;
    internal const int DataSymbols = 4;
    internal const int ParitySymbols = 6;
    internal const int Symbols = SyncSymbols + WordSymbols;
    internal const int WordSymbols = DataSymbols + ParitySymbols;
    internal const int Tones = 18;

    /// <summary>Tones 0 to 15 are data; this and the next are the synchronisation.</summary>
    internal const int FirstSyncTone = 16;

    internal const int SymbolMilliseconds = 80;

    internal static readonly short[] FrequenciesHz =
    [
        500, 600, 1700, 1800, 1900, 2200, 2300, 2400, 2500, 2600, 2700, 2800, 2900, 3000, 3100, 3200,
        1000, 2000,
    ];

    /// <summary>How long one sequence lasts: delays are known modulo this.</summary>
    public static TimeSpan Period => TimeSpan.FromMilliseconds(Symbols * SymbolMilliseconds);

    /// <summary>
    /// How much later a sequence was heard than it was sent, if the delay is less than a
    /// <see cref="Period"/>.
    /// </summary>
    /// <param name="sentAt">When any sequence of the call began to be sent.</param>
    /// <param name="heardAt">When any sequence began to be heard.</param>
    public static TimeSpan Delay(Kernel.Instant sentAt, Kernel.Instant heardAt)
    {
        var period = Period.Ticks;
        var ticks = (heardAt - sentAt).Ticks % period;
        return new TimeSpan(ticks < 0 ? ticks + period : ticks);
    }

    /// <summary>The tones of a code, synchronisation first.</summary>
    internal static void Encode(int code, Span<byte> tones)
    {
        for (var i = 0; i < SyncSymbols; i++)
        {
            tones[i] = (byte)(FirstSyncTone + i);
        }

        var word = tones.Slice(SyncSymbols, WordSymbols);
        for (var i = 0; i < DataSymbols; i++)
        {
            word[i] = (byte)((code >> (4 * (DataSymbols - 1 - i))) & 15);
        }

        ToneCode.AppendParity(word);
    }
}
