using System.Buffers.Binary;

namespace Farspan.Rtp;

/// <summary>
/// Walks an RTCP compound (RFC 3550 §6.1, checks of §A.2). A datagram is taken or refused as a whole by
/// <see cref="TryDecode"/>, after which <see cref="TryReadNext"/> gives its packets.
/// </summary>
public ref struct RtcpCompoundReader
{
    private const int HeaderBytes = 4;
    private ReadOnlySpan<byte> _rest;

    private RtcpCompoundReader(ReadOnlySpan<byte> datagram) => _rest = datagram;

    /// <param name="datagram">After SRTCP, where that is used.</param>
    /// <param name="allowsReducedSize">Whether compounds without a report are taken (RFC 5506).</param>
    /// <param name="reader">Stands before the first packet.</param>
    /// <param name="fault">Why the datagram was refused.</param>
    public static bool TryDecode(
        ReadOnlySpan<byte> datagram,
        bool allowsReducedSize,
        out RtcpCompoundReader reader,
        out RtpFault fault)
    {
        reader = new RtcpCompoundReader(datagram);
        fault = Check(datagram, allowsReducedSize);
        return fault == RtpFault.None;
    }

    public bool TryReadNext(out RtcpPacketView packet)
    {
        packet = default;
        if (_rest.Length < HeaderBytes)
        {
            return false;
        }

        var length = LengthOf(_rest);
        var padding = HasPadding(_rest) ? _rest[length - 1] : 0;
        packet = new RtcpPacketView(_rest[1], _rest[0] & 0x1F, _rest[HeaderBytes..(length - padding)]);
        _rest = _rest[length..];
        return true;
    }

    private static RtpFault Check(ReadOnlySpan<byte> datagram, bool allowsReducedSize)
    {
        if (datagram.Length < HeaderBytes)
        {
            return RtpFault.Truncated;
        }

        var type = (RtcpPacketType)datagram[1];
        if (!allowsReducedSize && type is not (RtcpPacketType.SenderReport or RtcpPacketType.ReceiverReport))
        {
            return RtpFault.MalformedCompound;
        }

        while (!datagram.IsEmpty)
        {
            var fault = CheckFirst(datagram);
            if (fault != RtpFault.None)
            {
                return fault;
            }

            datagram = datagram[LengthOf(datagram)..];
        }

        return RtpFault.None;
    }

    private static RtpFault CheckFirst(ReadOnlySpan<byte> rest)
    {
        if (rest.Length < HeaderBytes || rest.Length < LengthOf(rest))
        {
            return RtpFault.Truncated;
        }

        if (rest[0] >> 6 != 2)
        {
            return RtpFault.UnsupportedVersion;
        }

        var length = LengthOf(rest);
        if (!HasPadding(rest))
        {
            return RtpFault.None;
        }

        if (length != rest.Length)
        {
            return RtpFault.MalformedCompound;
        }

        var padding = rest[length - 1];
        return padding == 0 || padding > length - HeaderBytes ? RtpFault.MalformedPadding : RtpFault.None;
    }

    private static bool HasPadding(ReadOnlySpan<byte> packet) => (packet[0] & 0x20) != 0;

    private static int LengthOf(ReadOnlySpan<byte> packet) =>
        HeaderBytes + (4 * BinaryPrimitives.ReadUInt16BigEndian(packet[2..]));
}
