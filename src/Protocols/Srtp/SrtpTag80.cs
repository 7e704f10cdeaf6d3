using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Farspan.Srtp;

/// <summary>The leftmost 80 bits of an HMAC-SHA1, the tag of RFC 3711 §4.2.1.</summary>
internal readonly struct SrtpTag80(in Sha1State digest)
{
    public const int Bytes = 10;

    private readonly ulong _first = ((ulong)digest.A << 32) | digest.B;
    private readonly ushort _last = (ushort)(digest.C >> 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _first);
        BinaryPrimitives.WriteUInt16BigEndian(destination[sizeof(ulong)..], _last);
    }

    /// <summary>Compares all bits whatever differs: the time tells nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Matches(ReadOnlySpan<byte> tag)
    {
        var first = _first ^ BinaryPrimitives.ReadUInt64BigEndian(tag);
        var last = (ulong)(_last ^ BinaryPrimitives.ReadUInt16BigEndian(tag[sizeof(ulong)..]));
        return (first | last) == 0;
    }
}
