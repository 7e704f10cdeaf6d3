using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Farspan.Srtp;

/// <summary>
/// What makes the keystream of each packet its own: the session salt XORed with SSRC and packet index.
/// </summary>
/// <remarks>
/// <code>
///                     0     2     4           8          12    14    16
/// RFC 3711 §4.1.1     │ salt      │ SSRC      │ index 48 bits   │ 0   │   the counter, too
/// RFC 7714 §8.1       │ salt│ SSRC      │ index 48 bits   │ 0         │   the counter goes where the 0 is
/// </code>
/// The index of RTCP has 31 bits and stands at the right end of the same 48 (RFC 7714 §9.1).
/// </remarks>
internal static class SrtpNonce
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> ForCounterMode(Vector128<byte> salt, uint ssrc, long index) =>
        salt ^ Block(ssrc, (ulong)index << 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> ForGcm(Vector128<byte> salt, uint ssrc, long index) =>
        salt ^ Block(((ulong)ssrc << 16) | (ulong)(index >> 32), (ulong)index << 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Block(ulong first, ulong last) => Vector128.Create(
        BinaryPrimitives.ReverseEndianness(first), BinaryPrimitives.ReverseEndianness(last)).AsByte();
}
