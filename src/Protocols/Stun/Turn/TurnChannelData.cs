using System.Buffers.Binary;
using Farspan.Kernel;

namespace Farspan.Stun;

/// <summary>
/// The four-byte framing of relayed media (RFC 8656 §12.4). All of it is static and over spans: a media
/// worker that knows its channel needs nothing else.
/// </summary>
/// <remarks>
/// <code>
///  channel 0x4000-0x4FFF, 16 bits | length of the data, 16 bits | data | padding to 4 bytes over a stream
/// </code>
/// </remarks>
public static class TurnChannelData
{
    public const int HeaderBytes = 4;
    public const ushort FirstChannel = 0x4000;
    public const ushort LastChannel = 0x4FFF;

    /// <summary>True if the first byte says ChannelData (RFC 7983 §7).</summary>
    public static bool IsChannelData(ReadOnlySpan<byte> datagram) =>
        datagram.Length >= HeaderBytes && datagram[0] is >= 0x40 and <= 0x4F;

    /// <summary>Bytes that the framing of a payload takes.</summary>
    public static int EncodedLength(int payloadBytes, bool isStream) =>
        HeaderBytes + (isStream ? StunAttributeEnumerator.PaddedLength(payloadBytes) : payloadBytes);

    /// <summary>
    /// Writes the header in front of a payload that already lies at <c>destination[4..]</c>, and the
    /// padding behind it; false if there is no room. No copy.
    /// </summary>
    public static bool TryFrame(
        ushort channel,
        int payloadBytes,
        bool isStream,
        Span<byte> destination,
        out int bytesWritten)
    {
        Invariant.Require(channel is >= FirstChannel and <= LastChannel);
        bytesWritten = EncodedLength(payloadBytes, isStream);
        if (payloadBytes > ushort.MaxValue || bytesWritten > destination.Length)
        {
            bytesWritten = 0;
            return false;
        }

        BinaryPrimitives.WriteUInt16BigEndian(destination, channel);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)payloadBytes);
        destination[(HeaderBytes + payloadBytes)..bytesWritten].Clear();
        return true;
    }

    /// <summary>Copies the payload and frames it; false if there is no room.</summary>
    public static bool TryEncode(
        ushort channel,
        ReadOnlySpan<byte> payload,
        bool isStream,
        Span<byte> destination,
        out int bytesWritten)
    {
        bytesWritten = 0;
        return destination.Length >= HeaderBytes
            && payload.TryCopyTo(destination[HeaderBytes..])
            && TryFrame(channel, payload.Length, isStream, destination, out bytesWritten);
    }

    /// <summary>
    /// Unwraps in place. Padding behind the data is allowed over UDP, too (RFC 8656 §12.5).
    /// </summary>
    public static bool TryDecode(
        ReadOnlySpan<byte> datagram,
        out ushort channel,
        out ReadOnlySpan<byte> payload)
    {
        channel = 0;
        payload = default;
        if (!IsChannelData(datagram))
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]);
        if (length > datagram.Length - HeaderBytes)
        {
            return false;
        }

        channel = BinaryPrimitives.ReadUInt16BigEndian(datagram);
        payload = datagram.Slice(HeaderBytes, length);
        return true;
    }
}
