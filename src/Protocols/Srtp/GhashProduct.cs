using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Farspan.Srtp;

/// <summary>A sum of carry-less products of 128 × 128 bits, to be reduced once (RFC 8452 §3).</summary>
internal struct GhashProduct
{
    /// <summary>The upper half of x^128 + x^127 + x^126 + x^121 + 1, the polynomial of POLYVAL.</summary>
    public const ulong Polynomial = 0xC200_0000_0000_0000;

    private Vector128<ulong> _low;
    private Vector128<ulong> _middle;
    private Vector128<ulong> _high;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector128<ulong> left, Vector128<ulong> right)
    {
        _low ^= Pclmulqdq.CarrylessMultiply(left, right, 0x00);
        _middle ^=
            Pclmulqdq.CarrylessMultiply(left, right, 0x01) ^ Pclmulqdq.CarrylessMultiply(left, right, 0x10);
        _high ^= Pclmulqdq.CarrylessMultiply(left, right, 0x11);
    }

    /// <summary>The sum times x^-128, modulo the polynomial: two folds of 64 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Vector128<ulong> Reduce()
    {
        var low = _low ^ Sse2.ShiftLeftLogical128BitLane(_middle, 8);
        var high = _high ^ Sse2.ShiftRightLogical128BitLane(_middle, 8);
        return high ^ Fold(Fold(low));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Fold(Vector128<ulong> value)
    {
        var swapped = Sse2.Shuffle(value.AsInt32(), 0x4E).AsUInt64();
        return swapped ^ Pclmulqdq.CarrylessMultiply(value, Vector128.CreateScalar(Polynomial), 0x00);
    }
}
