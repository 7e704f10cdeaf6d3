using System.Buffers.Binary;
using Farspan.Kernel;

namespace Farspan.Stun;

/// <summary>The value of address attributes, plain and XORed (RFC 8489 §14.1, §14.2).</summary>
/// <remarks>
/// <code>
///  0 | family (1 = IPv4, 2 = IPv6) | port, 16 bits | address, 4 or 16 bytes
/// </code>
/// XORed with the magic cookie and the transaction id, bytes 4 to 20 of the header, against meddling NATs.
/// </remarks>
internal static class StunAddress
{
    public const int MaxBytes = FixedBytes + TransportAddress.IPv6Bytes;

    private const int FixedBytes = 4;
    private const byte IPv4Family = 1;
    private const byte IPv6Family = 2;

    /// <summary>Reads a plain address if the mask is empty, else an XORed one.</summary>
    public static bool TryDecode(
        ReadOnlySpan<byte> value,
        ReadOnlySpan<byte> mask,
        out TransportAddress address)
    {
        address = default;
        var addressBytes = value.Length - FixedBytes;
        var family = addressBytes switch
        {
            TransportAddress.IPv4Bytes => IPv4Family,
            TransportAddress.IPv6Bytes => IPv6Family,
            _ => (byte)0,
        };
        if (family == 0 || value[1] != family)
        {
            return false;
        }

        Span<byte> plain = stackalloc byte[MaxBytes];
        value.CopyTo(plain);
        Mask(plain[..value.Length], mask);
        var port = BinaryPrimitives.ReadUInt16BigEndian(plain[2..]);
        return TransportAddress.TryCreate(plain.Slice(FixedBytes, addressBytes), port, out address);
    }

    /// <summary>Writes the value and returns its length.</summary>
    public static int Encode(TransportAddress address, ReadOnlySpan<byte> mask, Span<byte> destination)
    {
        Invariant.Require(!address.IsNone);
        destination[0] = 0;
        destination[1] = address.IsIPv4 ? IPv4Family : IPv6Family;
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], address.Port);
        var length = FixedBytes + address.WriteAddress(destination[FixedBytes..]);
        Mask(destination[..length], mask);
        return length;
    }

    private static void Mask(Span<byte> value, ReadOnlySpan<byte> mask)
    {
        if (mask.IsEmpty)
        {
            return;
        }

        value[2] ^= mask[0];
        value[3] ^= mask[1];
        for (var i = FixedBytes; i < value.Length; i++)
        {
            value[i] ^= mask[i - FixedBytes];
        }
    }
}
