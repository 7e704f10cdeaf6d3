using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Farspan.Srtp;

/// <summary>
/// The compression function of SHA-1 (FIPS 180-4 §6.1.2) over whole blocks: the message schedule four
/// words at a time in vectors, the rounds in general registers. For machines without a libcrypto to ask.
/// </summary>
public sealed class ManagedSha1 : ISha1Compressor
{
    private const int ScheduleWords = 80;
    private const int RoundsPerPhase = 20;
    private const uint KChoose = 0x5A827999;
    private const uint KParity = 0x6ED9EBA1;
    private const uint KMajority = 0x8F1BBCDC;
    private const uint KParityLast = 0xCA62C1D6;

    /// <summary>Makes words of big-endian bytes.</summary>
    private static Vector128<byte> ByteOrder =>
        Vector128.Create((byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);

    private ManagedSha1()
    {
    }

    public static ManagedSha1 Shared { get; } = new();

    [SkipLocalsInit]
    public void Compress(ref Sha1State state, ReadOnlySpan<byte> blocks)
    {
        Span<uint> schedule = stackalloc uint[ScheduleWords];
        ref var words = ref MemoryMarshal.GetReference(schedule);
        for (; blocks.Length >= Sha1State.BlockBytes; blocks = blocks[Sha1State.BlockBytes..])
        {
            Expand(ref MemoryMarshal.GetReference(blocks), ref words);
            Rounds(ref state, ref words);
        }
    }

    /// <summary>Writes W(t) + K(t) for all 80 rounds.</summary>
    private static void Expand(ref byte block, ref uint words)
    {
        var w0 = Load(ref block, 0);
        var w1 = Load(ref block, 16);
        var w2 = Load(ref block, 32);
        var w3 = Load(ref block, 48);
        Store(w0, KChoose, ref words, 0);
        Store(w1, KChoose, ref words, 4);
        Store(w2, KChoose, ref words, 8);
        Store(w3, KChoose, ref words, 12);

        var w4 = Near(w0, w1, w2, w3);
        var w5 = Near(w1, w2, w3, w4);
        var w6 = Near(w2, w3, w4, w5);
        var w7 = Near(w3, w4, w5, w6);
        Store(w4, KChoose, ref words, 16);
        Store(w5, KParity, ref words, 20);
        Store(w6, KParity, ref words, 24);
        Store(w7, KParity, ref words, 28);

        for (nuint t = 32; t < ScheduleWords; t += 16)
        {
            w0 = Far(w0, w1, w4, w6, w7);
            w1 = Far(w1, w2, w5, w7, w0);
            w2 = Far(w2, w3, w6, w0, w1);
            w3 = Far(w3, w4, w7, w1, w2);
            Store(w0, K(t), ref words, t);
            Store(w1, K(t + 4), ref words, t + 4);
            Store(w2, K(t + 8), ref words, t + 8);
            Store(w3, K(t + 12), ref words, t + 12);
            (w0, w1, w2, w3, w4, w5, w6, w7) = (w4, w5, w6, w7, w0, w1, w2, w3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint K(nuint t) => t < 40 ? KParity : t < 60 ? KMajority : KParityLast;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Load(ref byte block, nuint offset) =>
        Vector128.Shuffle(Vector128.LoadUnsafe(ref block, offset), ByteOrder).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<uint> w, uint k, ref uint words, nuint offset) =>
        (w + Vector128.Create(k)).StoreUnsafe(ref words, offset);

    /// <summary>
    /// W(t) = ROTL(W(t-3) ^ W(t-8) ^ W(t-14) ^ W(t-16), 1); the fourth word needs the first.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Near(
        Vector128<uint> m16, Vector128<uint> m12, Vector128<uint> m8, Vector128<uint> m4)
    {
        var minus3 = Vector128.Shuffle(m4, Vector128.Create(1u, 2, 3, uint.MaxValue));
        var mixed = RotateLeft(m16 ^ Straddle(m16, m12) ^ m8 ^ minus3, 1);
        var first = Vector128.Shuffle(
            mixed, Vector128.Create(uint.MaxValue, uint.MaxValue, uint.MaxValue, 0));
        return mixed ^ RotateLeft(first, 1);
    }

    /// <summary>
    /// The same recurrence applied to itself: ROTL(W(t-6) ^ W(t-16) ^ W(t-28) ^ W(t-32), 2).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Far(
        Vector128<uint> m32,
        Vector128<uint> m28,
        Vector128<uint> m16,
        Vector128<uint> m8,
        Vector128<uint> m4) =>
        RotateLeft(m32 ^ m28 ^ m16 ^ Straddle(m8, m4), 2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> RotateLeft(Vector128<uint> value, int bits) =>
        (value << bits) | (value >>> (32 - bits));

    /// <summary>The upper two words of the first and the lower two of the second.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Straddle(Vector128<uint> first, Vector128<uint> second) =>
        Sse2.IsSupported
            ? Sse2.Shuffle(first.AsDouble(), second.AsDouble(), 0b01).AsUInt32()
            : Vector128.Create(first.GetUpper(), second.GetLower());

    private static void Rounds(ref Sha1State state, ref uint words)
    {
        var (a, b, c, d, e) = (state.A, state.B, state.C, state.D, state.E);
        nuint t = 0;
        for (; t < RoundsPerPhase; t += 5)
        {
            Choose(a, ref b, c, d, ref e, Unsafe.Add(ref words, t));
            Choose(e, ref a, b, c, ref d, Unsafe.Add(ref words, t + 1));
            Choose(d, ref e, a, b, ref c, Unsafe.Add(ref words, t + 2));
            Choose(c, ref d, e, a, ref b, Unsafe.Add(ref words, t + 3));
            Choose(b, ref c, d, e, ref a, Unsafe.Add(ref words, t + 4));
        }

        for (; t < 2 * RoundsPerPhase; t += 5)
        {
            Parity(a, ref b, c, d, ref e, Unsafe.Add(ref words, t));
            Parity(e, ref a, b, c, ref d, Unsafe.Add(ref words, t + 1));
            Parity(d, ref e, a, b, ref c, Unsafe.Add(ref words, t + 2));
            Parity(c, ref d, e, a, ref b, Unsafe.Add(ref words, t + 3));
            Parity(b, ref c, d, e, ref a, Unsafe.Add(ref words, t + 4));
        }

        for (; t < 3 * RoundsPerPhase; t += 5)
        {
            Majority(a, ref b, c, d, ref e, Unsafe.Add(ref words, t));
            Majority(e, ref a, b, c, ref d, Unsafe.Add(ref words, t + 1));
            Majority(d, ref e, a, b, ref c, Unsafe.Add(ref words, t + 2));
            Majority(c, ref d, e, a, ref b, Unsafe.Add(ref words, t + 3));
            Majority(b, ref c, d, e, ref a, Unsafe.Add(ref words, t + 4));
        }

        for (; t < ScheduleWords; t += 5)
        {
            Parity(a, ref b, c, d, ref e, Unsafe.Add(ref words, t));
            Parity(e, ref a, b, c, ref d, Unsafe.Add(ref words, t + 1));
            Parity(d, ref e, a, b, ref c, Unsafe.Add(ref words, t + 2));
            Parity(c, ref d, e, a, ref b, Unsafe.Add(ref words, t + 3));
            Parity(b, ref c, d, e, ref a, Unsafe.Add(ref words, t + 4));
        }

        state.A += a;
        state.B += b;
        state.C += c;
        state.D += d;
        state.E += e;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Choose(uint a, ref uint b, uint c, uint d, ref uint e, uint word)
    {
        e = e + word + (d ^ (b & (c ^ d))) + BitOperations.RotateLeft(a, 5);
        b = BitOperations.RotateLeft(b, 30);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Parity(uint a, ref uint b, uint c, uint d, ref uint e, uint word)
    {
        e = e + word + (b ^ c ^ d) + BitOperations.RotateLeft(a, 5);
        b = BitOperations.RotateLeft(b, 30);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Majority(uint a, ref uint b, uint c, uint d, ref uint e, uint word)
    {
        // (b & c) and (d & (b ^ c)) have no bit in common: adding them is the same as combining them.
        e = e + word + (c & d) + (b & (c ^ d)) + BitOperations.RotateLeft(a, 5);
        b = BitOperations.RotateLeft(b, 30);
    }
}
