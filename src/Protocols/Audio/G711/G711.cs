using System.Numerics;
using System.Runtime.CompilerServices;

namespace Farspan.Audio;

/// <summary>
/// The two compressions of ITU-T G.711 between 16-bit linear PCM and 8 bits: 8 segments a sign, 16 steps a
/// segment.
/// </summary>
/// <remarks>
/// <para>Negative samples are compressed as the one's complement of their value, as in the reference software
/// of ITU-T G.191, so that the two halves of the curve are mirror images.</para>
/// <para>Expanding looks up 512 bytes. Compressing computes: counting leading zeros finds the segment, and a
/// table of 16 kB would take half of the first-level cache from a worker that also runs Opus.</para>
/// </remarks>
public static class G711
{
    // Decision levels are moved by 33 steps of the 14-bit scale, so that every segment starts at a power of
    // two.
    private const int MuLawBias = 33 << 2;
    private const int MuLawClip = short.MaxValue - MuLawBias;

    // G.711 table 1a: every other bit of A-law is inverted, against long runs of zeros on the line.
    private const int ALawToggle = 0x55;

    private const int SignBit = 0x80;
    private const int StepMask = 0x0F;

    private static readonly short[] MuLawExpanded = CreateTable(ExpandMuLaw);
    private static readonly short[] ALawExpanded = CreateTable(ExpandALaw);

    public static byte EncodeMuLaw(short pcm)
    {
        var sign = pcm >> 15;
        var magnitude = Math.Min(pcm ^ sign, MuLawClip) + MuLawBias;
        var segment = BitOperations.Log2((uint)magnitude) - 7;
        var step = (magnitude >> (segment + 3)) & StepMask;
        return (byte)~((sign & SignBit) | (segment << 4) | step);
    }

    public static byte EncodeALaw(short pcm)
    {
        var sign = pcm >> 15;
        var magnitude = (pcm ^ sign) >> 4;
        var segment = Math.Max(BitOperations.Log2((uint)magnitude | 1) - 3, 0);
        var step = (magnitude >> Math.Max(segment - 1, 0)) & StepMask;
        return (byte)(((~sign & SignBit) | (segment << 4) | step) ^ ALawToggle);
    }

    public static short DecodeMuLaw(byte code) => MuLawExpanded[code];

    public static short DecodeALaw(byte code) => ALawExpanded[code];

    /// <summary>Compresses as many samples as both spans hold.</summary>
    public static void EncodeMuLaw(ReadOnlySpan<short> pcm, Span<byte> codes)
    {
        for (var i = 0; i < pcm.Length && i < codes.Length; i++)
        {
            codes[i] = EncodeMuLaw(pcm[i]);
        }
    }

    /// <summary>Compresses as many samples as both spans hold.</summary>
    public static void EncodeALaw(ReadOnlySpan<short> pcm, Span<byte> codes)
    {
        for (var i = 0; i < pcm.Length && i < codes.Length; i++)
        {
            codes[i] = EncodeALaw(pcm[i]);
        }
    }

    /// <summary>Expands as many samples as both spans hold.</summary>
    public static void DecodeMuLaw(ReadOnlySpan<byte> codes, Span<short> pcm) =>
        LookUp(MuLawExpanded, codes, pcm);

    /// <summary>Expands as many samples as both spans hold.</summary>
    public static void DecodeALaw(ReadOnlySpan<byte> codes, Span<short> pcm) =>
        LookUp(ALawExpanded, codes, pcm);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LookUp(short[] table, ReadOnlySpan<byte> codes, Span<short> pcm)
    {
        var entries = table.AsSpan(0, byte.MaxValue + 1);
        for (var i = 0; i < codes.Length && i < pcm.Length; i++)
        {
            pcm[i] = entries[codes[i]];
        }
    }

    private static short ExpandMuLaw(int code)
    {
        var bits = ~code;
        var segment = (bits >> 4) & 7;
        var magnitude = ((((bits & StepMask) << 3) + MuLawBias) << segment) - MuLawBias;
        return (short)((bits & SignBit) == 0 ? magnitude : -magnitude);
    }

    private static short ExpandALaw(int code)
    {
        var bits = code ^ ALawToggle;
        var segment = (bits >> 4) & 7;
        var step = ((bits & StepMask) << 4) + 8;
        var magnitude = segment == 0 ? step : (step + 0x100) << (segment - 1);
        return (short)((bits & SignBit) != 0 ? magnitude : -magnitude);
    }

    private static short[] CreateTable(Func<int, short> expand)
    {
        var table = new short[byte.MaxValue + 1];
        for (var code = 0; code < table.Length; code++)
        {
            table[code] = expand(code);
        }

        return table;
    }
}
