using System.Buffers.Binary;

namespace Farspan.Rtp;

/// <summary>
/// A received RTP packet (RFC 3550 §5.1), read in place. Contributing sources and the header extension
/// (RFC 8285) are delimited and skipped.
/// </summary>
public readonly ref struct RtpPacketView
{
    private const int CsrcBytes = 4;
    private const int ExtensionHeaderBytes = 4;

    private RtpPacketView(RtpHeader header, ReadOnlySpan<byte> datagram, Range extension, Range payload)
    {
        Header = header;
        Extension = datagram[extension];
        Payload = datagram[payload];
        HeaderBytes = datagram.Length - datagram[payload.Start..].Length;
    }

    public RtpHeader Header { get; }

    /// <summary>The bytes of the header extension after its length; empty if there is none.</summary>
    public ReadOnlySpan<byte> Extension { get; }

    /// <summary>Without padding.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Where the payload begins: what SRTP leaves in the clear.</summary>
    public int HeaderBytes { get; }

    public static bool TryDecode(ReadOnlySpan<byte> datagram, out RtpPacketView packet, out RtpFault fault)
    {
        packet = default;
        fault = Check(datagram, out var extension, out var payload);
        if (fault != RtpFault.None)
        {
            return false;
        }

        var header = new RtpHeader(
            (byte)(datagram[1] & 0x7F),
            (datagram[1] & 0x80) != 0,
            BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]),
            BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(datagram[8..]));
        packet = new RtpPacketView(header, datagram, extension, payload);
        return true;
    }

    private static RtpFault Check(ReadOnlySpan<byte> datagram, out Range extension, out Range payload)
    {
        extension = payload = 0..0;
        if (datagram.Length < RtpHeader.Bytes)
        {
            return RtpFault.Truncated;
        }

        if (datagram[0] >> 6 != 2)
        {
            return RtpFault.UnsupportedVersion;
        }

        var start = RtpHeader.Bytes + (CsrcBytes * (datagram[0] & 0x0F));
        if ((datagram[0] & 0x10) != 0)
        {
            if (start + ExtensionHeaderBytes > datagram.Length)
            {
                return RtpFault.Truncated;
            }

            var extensionBytes = 4 * BinaryPrimitives.ReadUInt16BigEndian(datagram[(start + 2)..]);
            start += ExtensionHeaderBytes + extensionBytes;
            extension = (start - extensionBytes)..start;
        }

        return start > datagram.Length ? RtpFault.Truncated : CheckPadding(datagram, start, out payload);
    }

    private static RtpFault CheckPadding(ReadOnlySpan<byte> datagram, int start, out Range payload)
    {
        var hasPadding = (datagram[0] & 0x20) != 0;
        var paddingBytes = hasPadding ? datagram[^1] : 0;
        var isRight = !hasPadding || (paddingBytes > 0 && start + paddingBytes <= datagram.Length);
        payload = isRight ? start..(datagram.Length - paddingBytes) : 0..0;
        return isRight ? RtpFault.None : RtpFault.MalformedPadding;
    }
}
