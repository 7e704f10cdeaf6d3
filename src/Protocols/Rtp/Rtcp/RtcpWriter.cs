using Farspan.Kernel;

namespace Farspan.Rtp;

/// <summary>Writes the packets of an RTCP compound one after the other (RFC 3550 §6.4-6.6).</summary>
public ref struct RtcpWriter(Span<byte> destination)
{
    private const byte Version2 = 0x80;
    private const byte CanonicalNameItem = 1;
    private const int MaxBlocks = 31;
    private SpanWriter _writer = new(destination);

    public readonly bool HasOverflowed => _writer.HasOverflowed;

    public readonly ReadOnlySpan<byte> Written => _writer.Written;

    public void WriteSenderReport(in SenderReport report, scoped ReadOnlySpan<ReportBlock> blocks)
    {
        var start = Begin(RtcpPacketType.SenderReport, blocks.Length);
        _writer.WriteUInt32(report.Ssrc);
        _writer.WriteUInt64(report.Ntp.Value);
        _writer.WriteUInt32(report.RtpTimestamp);
        _writer.WriteUInt32(report.PacketCount);
        _writer.WriteUInt32(report.OctetCount);
        WriteBlocks(blocks);
        End(start);
    }

    public void WriteReceiverReport(uint ssrc, scoped ReadOnlySpan<ReportBlock> blocks)
    {
        var start = Begin(RtcpPacketType.ReceiverReport, blocks.Length);
        _writer.WriteUInt32(ssrc);
        WriteBlocks(blocks);
        End(start);
    }

    /// <summary>A source description with the canonical name alone.</summary>
    public void WriteCanonicalName(uint ssrc, ReadOnlySpan<byte> name)
    {
        Invariant.Require(name.Length <= RtpLimits.MaxCanonicalNameBytes);
        var start = Begin(RtcpPacketType.SourceDescription, 1);
        _writer.WriteUInt32(ssrc);
        _writer.WriteByte(CanonicalNameItem);
        _writer.WriteByte((byte)name.Length);
        _writer.WriteBytes(name);

        // At least one null byte ends the chunk, which fills a 32-bit word.
        do
        {
            _writer.WriteByte(0);
        }
        while ((_writer.Position - start) % 4 != 0 && !_writer.HasOverflowed);
        End(start);
    }

    public void WriteGoodbye(uint ssrc)
    {
        var start = Begin(RtcpPacketType.Goodbye, 1);
        _writer.WriteUInt32(ssrc);
        End(start);
    }

    private int Begin(RtcpPacketType type, int count)
    {
        Invariant.Require(count <= MaxBlocks);
        var start = _writer.Position;
        _writer.WriteByte((byte)(Version2 | count));
        _writer.WriteByte((byte)type);
        _writer.WriteUInt16(0);
        return start;
    }

    private readonly void End(int start)
    {
        if (!_writer.HasOverflowed)
        {
            _writer.PatchUInt16(start + 2, (ushort)(((_writer.Position - start) / 4) - 1));
        }
    }

    private void WriteBlocks(scoped ReadOnlySpan<ReportBlock> blocks)
    {
        foreach (ref readonly var block in blocks)
        {
            _writer.WriteUInt32(block.Ssrc);
            _writer.WriteUInt32(((uint)block.FractionLost << 24) | ((uint)block.CumulativeLost & 0xFFFFFF));
            _writer.WriteUInt32(block.ExtendedHighestSequenceNumber);
            _writer.WriteUInt32(block.Jitter);
            _writer.WriteUInt32(block.LastSenderReport);
            _writer.WriteUInt32(block.DelaySinceLastSenderReport);
        }
    }
}
