using System.Buffers.Binary;

namespace Farspan.Stun;

/// <summary>
/// The first bytes of a message: telling STUN from its neighbours on a port, and the bits of its type.
/// </summary>
/// <remarks>
/// <code>
///  0 0 M11..M7 C1 M6..M4 C0 M3..M0    type, 14 bits (RFC 8489 §5)
/// </code>
/// </remarks>
public static class StunHeader
{
    public const uint MagicCookie = 0x2112A442;

    internal const int LengthOffset = 2;
    internal const int CookieOffset = 4;
    internal const int TransactionIdOffset = 8;

    /// <summary>
    /// True if the bytes start as STUN does: two zero bits and the magic cookie (RFC 7983 §7).
    /// </summary>
    public static bool IsStun(ReadOnlySpan<byte> datagram) =>
        datagram.Length >= StunLimits.HeaderBytes
        && datagram[0] < 0x40
        && BinaryPrimitives.ReadUInt32BigEndian(datagram[CookieOffset..]) == MagicCookie;

    internal static ushort TypeOf(StunClass @class, StunMethod method)
    {
        var m = (int)method;
        var c = (int)@class;
        var methodBits = (m & 0x0F) | ((m & 0x70) << 1) | ((m & 0xF80) << 2);
        return (ushort)(methodBits | ((c & 1) << 4) | ((c & 2) << 7));
    }

    internal static StunClass ClassOf(ushort type) => (StunClass)(((type >> 4) & 1) | ((type >> 7) & 2));

    internal static StunMethod MethodOf(ushort type) =>
        (StunMethod)((type & 0x0F) | ((type >> 1) & 0x70) | ((type >> 2) & 0xF80));
}
