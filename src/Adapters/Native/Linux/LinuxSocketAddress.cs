using System.Buffers.Binary;
using Farspan.Kernel;

namespace Farspan.Native;

/// <summary>Writes and reads struct sockaddr_in and sockaddr_in6.</summary>
internal static class LinuxSocketAddress
{
    public const ushort IPv4Family = 2;
    public const ushort IPv6Family = 10;

    /// <summary>Bytes of the longer one, sockaddr_in6.</summary>
    public const int MaxBytes = 28;

    private const int IPv4Bytes = 16;
    private const int PortOffset = 2;
    private const int IPv4Offset = 4;
    private const int IPv6Offset = 8;
    private const int MappedPrefixBytes = 10;

    /// <summary>
    /// Writes an address for a socket of the given family and returns its bytes; 0 if such a socket cannot
    /// reach it. A socket of IPv6 reaches IPv4 by mapped addresses (RFC 4291 §2.5.5.2).
    /// </summary>
    public static int Write(in TransportAddress address, ushort socketFamily, Span<byte> destination)
    {
        if (address.IsNone || (socketFamily == IPv4Family && !address.IsIPv4))
        {
            return 0;
        }

        destination[..MaxBytes].Clear();
        BitConverter.TryWriteBytes(destination, socketFamily);
        BinaryPrimitives.WriteUInt16BigEndian(destination[PortOffset..], address.Port);
        if (socketFamily == IPv4Family)
        {
            address.WriteAddress(destination[IPv4Offset..]);
            return IPv4Bytes;
        }

        var place = destination[IPv6Offset..];
        if (address.IsIPv4)
        {
            place[MappedPrefixBytes] = place[MappedPrefixBytes + 1] = 0xFF;
            place = place[(MappedPrefixBytes + 2)..];
        }

        address.WriteAddress(place);
        return MaxBytes;
    }

    /// <summary>Reads what the kernel wrote; none if it is of another family.</summary>
    public static TransportAddress Read(ReadOnlySpan<byte> source)
    {
        var port = BinaryPrimitives.ReadUInt16BigEndian(source[PortOffset..]);
        var bytes = BitConverter.ToUInt16(source) switch
        {
            IPv4Family => source.Slice(IPv4Offset, TransportAddress.IPv4Bytes),
            IPv6Family => source.Slice(IPv6Offset, TransportAddress.IPv6Bytes),
            _ => default,
        };
        return TransportAddress.TryCreate(bytes, port, out var address) ? address : default;
    }
}
