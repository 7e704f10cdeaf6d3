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
/// RFC 3711 §4.1.1     │ salt      │ SSRC      │ index 48 bits   │ 0   │   the counter starts at 0
/// RFC 7714 §8.1       │ salt│ SSRC      │ index 48 bits   │             the counter is put behind it
/// </code>
/// The index of RTCP has 31 bits and stands at the right end of the same 48 (RFC 7714 §9.1).
/// </remarks>
internal readonly struct SrtpNonce(Vector128<byte> salt, int indexPosition)
{
    public const int CounterModeIndexPosition = 8;
    public const int GcmIndexPosition = 6;

    private readonly Vector128<byte> _salt = salt;
    private readonly int _ssrcPosition = indexPosition - sizeof(uint);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<byte> For(uint ssrc, long index)
    {
        Span<byte> block = stackalloc byte[Vector128<byte>.Count];
        block.Clear();
        var room = block[_ssrcPosition..];
        BinaryPrimitives.WriteUInt32BigEndian(room, ssrc);
        BinaryPrimitives.WriteUInt64BigEndian(room[sizeof(uint)..], (ulong)index << 16);
        return Vector128.Create<byte>(block) ^ _salt;
    }
}
