using System.Buffers.Binary;
using Farspan.Kernel;

namespace Farspan.Rtp;

/// <summary>One packet of an RTCP compound (RFC 3550 §6.4-6.6), read in place.</summary>
public readonly ref struct RtcpPacketView
{
    private const int SenderInfoBytes = 20;
    private const int SsrcBytes = 4;
    private const byte CanonicalNameItem = 1;

    internal RtcpPacketView(byte packetType, int count, ReadOnlySpan<byte> body)
    {
        PacketType = (RtcpPacketType)packetType;
        Count = count;
        Body = body;
    }

    /// <summary>May be a value that is not named.</summary>
    public RtcpPacketType PacketType { get; }

    /// <summary>Report blocks, chunks, sources or a subtype (0 to 31), as the sender claims.</summary>
    public int Count { get; }

    /// <summary>After the four bytes of header, without padding.</summary>
    public ReadOnlySpan<byte> Body { get; }

    /// <summary>The source of a report, or the first one that leaves; false if there is none.</summary>
    public bool TryGetSsrc(out uint ssrc) => TryGetSsrc(0, out ssrc);

    /// <summary>The sources of a <see cref="RtcpPacketType.Goodbye"/>, by index.</summary>
    public bool TryGetSsrc(int index, out uint ssrc)
    {
        var isThere = Body.Length >= SsrcBytes * (index + 1)
            && (index < Count || PacketType != RtcpPacketType.Goodbye);
        ssrc = isThere ? BinaryPrimitives.ReadUInt32BigEndian(Body[(SsrcBytes * index)..]) : 0;
        return isThere;
    }

    public bool TryGetSenderReport(out SenderReport report)
    {
        report = default;
        var reader = new SpanReader(Body);
        if (PacketType != RtcpPacketType.SenderReport
            || !reader.TryReadUInt32(out var ssrc)
            || !reader.TryReadUInt64(out var ntp)
            || !reader.TryReadUInt32(out var timestamp)
            || !reader.TryReadUInt32(out var packets)
            || !reader.TryReadUInt32(out var octets))
        {
            return false;
        }

        report = new SenderReport(ssrc, new NtpTimestamp(ntp), timestamp, packets, octets);
        return true;
    }

    /// <summary>Report blocks of a sender or receiver report, by index; false past the last one.</summary>
    public bool TryGetReportBlock(int index, out ReportBlock block)
    {
        block = default;
        var isReport = PacketType is RtcpPacketType.SenderReport or RtcpPacketType.ReceiverReport;
        var senderInfo = PacketType == RtcpPacketType.SenderReport ? SenderInfoBytes : 0;
        var start = SsrcBytes + senderInfo + (index * ReportBlock.Bytes);
        if (!isReport || index < 0 || index >= Count || Body.Length < start + ReportBlock.Bytes)
        {
            return false;
        }

        block = ReadBlock(Body.Slice(start, ReportBlock.Bytes));
        return true;
    }

    /// <summary>
    /// The canonical name of the first source of a source description; not necessarily valid UTF-8.
    /// </summary>
    public bool TryGetCanonicalName(out uint ssrc, out ReadOnlySpan<byte> name)
    {
        name = default;
        var reader = new SpanReader(Body);
        ssrc = 0;
        if (PacketType != RtcpPacketType.SourceDescription || Count == 0 || !reader.TryReadUInt32(out ssrc))
        {
            return false;
        }

        while (reader.TryReadByte(out var item) && item != 0
            && reader.TryReadByte(out var length) && reader.TryReadBytes(length, out var text))
        {
            if (item == CanonicalNameItem)
            {
                name = text;
                return true;
            }
        }

        return false;
    }

    private static ReportBlock ReadBlock(ReadOnlySpan<byte> bytes)
    {
        var lost = BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
        return new ReportBlock
        {
            Ssrc = BinaryPrimitives.ReadUInt32BigEndian(bytes),
            FractionLost = (byte)(lost >> 24),
            CumulativeLost = (int)(lost << 8) >> 8,
            ExtendedHighestSequenceNumber = BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]),
            Jitter = BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]),
            LastSenderReport = BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]),
            DelaySinceLastSenderReport = BinaryPrimitives.ReadUInt32BigEndian(bytes[20..]),
        };
    }
}
