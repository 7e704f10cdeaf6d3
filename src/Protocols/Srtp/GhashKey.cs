using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Farspan.Srtp;

/// <summary>
/// GHASH (NIST SP 800-38D §6.4) under one key, calculated as POLYVAL (RFC 8452 Appendix A): the bits of
/// POLYVAL have the order in which PCLMULQDQ multiplies. The powers of the key let sixteen blocks be
/// multiplied on their own, and reduced together.
/// </summary>
internal sealed class GhashKey
{
    public const int Powers = 16;
    private const int BlockBytes = 16;

    /// <summary>The key to the power of 1 at 0, and so on.</summary>
    private readonly Vector128<ulong>[] _powers = new Vector128<ulong>[Powers];

    public GhashKey(Vector128<byte> key)
    {
        _powers[0] = TimesX(Reverse(key));
        for (var i = 1; i < Powers; i++)
        {
            var product = default(GhashProduct);
            product.Add(_powers[i - 1], _powers[0]);
            _powers[i] = product.Reduce();
        }
    }

    /// <summary>The hash of both parts, each padded to whole blocks, and of their lengths.</summary>
    public Vector128<byte> Hash(ReadOnlySpan<byte> associated, ReadOnlySpan<byte> text)
    {
        var sum = new Accumulator(_powers, Blocks(associated) + Blocks(text) + 1);
        sum.Absorb(associated);
        sum.Absorb(text);
        sum.Absorb(Vector128.Create((ulong)text.Length * 8, (ulong)associated.Length * 8));
        return Reverse(sum.Value.AsByte()).AsByte();
    }

    private static int Blocks(ReadOnlySpan<byte> part) => (part.Length + BlockBytes - 1) / BlockBytes;

    private static Vector128<byte> Pad(ReadOnlySpan<byte> part)
    {
        Span<byte> block = stackalloc byte[BlockBytes];
        block.Clear();
        part.CopyTo(block);
        return Vector128.Create<byte>(block);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Reverse(Vector128<byte> block) =>
        Ssse3.Shuffle(block, Vector128.Create((byte)15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0))
            .AsUInt64();

    /// <summary>mulX_POLYVAL of RFC 8452 Appendix A, in constant time.</summary>
    private static Vector128<ulong> TimesX(Vector128<ulong> value)
    {
        var (low, high) = (value.GetElement(0), value.GetElement(1));
        var carry = 0 - (high >> 63);
        return Vector128.Create(
            (low << 1) ^ (carry & 1), ((high << 1) | (low >> 63)) ^ (carry & GhashProduct.Polynomial));
    }

    /// <summary>Sums block × power products; reduces once for as many blocks as there are powers.</summary>
    private ref struct Accumulator
    {
        private readonly ref Vector128<ulong> _powers;
        private GhashProduct _product;
        private int _blocksLeft;
        private int _power;

        public Accumulator(Vector128<ulong>[] powers, int blocks)
        {
            _powers = ref MemoryMarshal.GetArrayDataReference(powers);
            _blocksLeft = blocks;
            _power = Math.Min(blocks, Powers);
        }

        /// <summary>The hash, once all blocks are in.</summary>
        public Vector128<ulong> Value { get; private set; }

        // Inlined, the sums stay in registers from the first block to the last.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Absorb(ReadOnlySpan<byte> part)
        {
            while (part.Length >= BlockBytes)
            {
                Absorb(Reverse(Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(part))));
                part = part[BlockBytes..];
            }

            if (part.Length > 0)
            {
                Absorb(Reverse(Pad(part)));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Absorb(Vector128<ulong> block)
        {
            _blocksLeft--;
            _power--;
            _product.Add(block ^ Value, Unsafe.Add(ref _powers, _power));
            Value = Vector128<ulong>.Zero;
            if (_power == 0)
            {
                Value = _product.Reduce();
                _product = default;
                _power = Math.Min(_blocksLeft, Powers);
            }
        }
    }
}
