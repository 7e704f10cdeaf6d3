using CsCheck;

namespace Farspan.Rtp.Tests;

public sealed class RtcpTests
{
    private static readonly ReportBlock Block = new()
    {
        Ssrc = 7,
        FractionLost = 64,
        CumulativeLost = -3,
        ExtendedHighestSequenceNumber = 0x1_0005,
        Jitter = 99,
        LastSenderReport = 0xB7052000,
        DelaySinceLastSenderReport = 0x54000,
    };

    [Fact]
    public void ACompound_IsDecodedAsItWasWritten()
    {
        var report = new SenderReport(5, new NtpTimestamp(0x1122334455667788), 1000, 50, 8000);
        var writer = new RtcpWriter(new byte[200]);
        writer.WriteSenderReport(report, [Block]);
        writer.WriteCanonicalName(5, "farspan"u8);
        writer.WriteGoodbye(5);

        Assert.True(
            RtcpCompoundReader.TryDecode(writer.Written, allowsReducedSize: false, out var reader, out _));
        Assert.True(reader.TryReadNext(out var packet));
        Assert.True(packet.TryGetSenderReport(out var decoded));
        Assert.Equal(report, decoded);
        Assert.True(packet.TryGetReportBlock(0, out var block));
        Assert.Equal(Block, block);
        Assert.False(packet.TryGetReportBlock(1, out _));

        Assert.True(reader.TryReadNext(out packet));
        Assert.True(packet.TryGetCanonicalName(out var ssrc, out var name));
        Assert.Equal((5u, "farspan"), (ssrc, System.Text.Encoding.UTF8.GetString(name)));

        Assert.True(reader.TryReadNext(out packet));
        Assert.Equal(RtcpPacketType.Goodbye, packet.PacketType);
        Assert.True(packet.TryGetSsrc(out ssrc) && ssrc == 5);
        Assert.False(packet.TryGetSsrc(1, out _));
        Assert.False(reader.TryReadNext(out _));
    }

    [Fact]
    public void CanonicalNamesOfAnyLength_FillWholeWords() => Gen.Byte[1, 255].Array[0, 255].Sample(name =>
    {
        var writer = new RtcpWriter(new byte[400]);
        writer.WriteCanonicalName(9, name);
        return writer.Written.Length % 4 == 0
            && RtcpCompoundReader.TryDecode(writer.Written, allowsReducedSize: true, out var reader, out _)
            && reader.TryReadNext(out var packet)
            && packet.TryGetCanonicalName(out _, out var read) && read.SequenceEqual(name);
    });

    [Theory]
    [InlineData("80C9", RtpFault.Truncated)]
    [InlineData("80C9 0002 00000001", RtpFault.Truncated)]
    [InlineData("40C9 0001 00000001", RtpFault.UnsupportedVersion)]
    [InlineData("80CB 0001 00000001", RtpFault.MalformedCompound)]
    [InlineData("A0C9 0002 00000001 00000004 80CB 0000", RtpFault.MalformedCompound)]
    [InlineData("A0C9 0002 00000001 0000000C", RtpFault.MalformedPadding)]
    [InlineData("A0C9 0002 00000001 00000000", RtpFault.MalformedPadding)]
    [InlineData("80C9 0001 00000001 80CB", RtpFault.Truncated)]
    public void WhatIsNotRtcp_IsNamed(string hex, RtpFault expected)
    {
        Assert.False(RtcpCompoundReader.TryDecode(RtpPacketTests.Hex(hex), false, out _, out var fault));
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void ACountThatPromisesTooMuch_YieldsWhatIsThere()
    {
        var datagram = RtpPacketTests.Hex("9FC9 0001 00000001");
        Assert.True(RtcpCompoundReader.TryDecode(datagram, false, out var reader, out _));
        Assert.True(reader.TryReadNext(out var packet));

        Assert.Equal(31, packet.Count);
        Assert.False(packet.TryGetReportBlock(0, out _));
    }

    [Fact]
    public void ArbitraryBytes_AreWalkedOrRefused()
    {
        var types = Gen.Byte[198, 208];
        var packets = Gen.Select(Gen.Byte[128, 191], types, Gen.Byte[0, 12], Gen.Byte.Array[0, 60]);
        packets.Sample((first, type, length, rest) => Walk([first, type, 0, length, .. rest]));
        Gen.Byte.Array[0, 80].Sample(Walk);
    }

    [Fact] // RFC 3550 §6.4.1, figure 2: 46864.500 s - 46853.125 s - 5.250 s = 6.125 s.
    public void TheRoundTripOfTheExample_IsSixAndAnEighthSeconds()
    {
        Assert.Equal(TimeSpan.FromSeconds(6.125), NtpTimestamp.RoundTrip(0xB7108000, 0xB7052000, 0x00054000));
        Assert.Null(NtpTimestamp.RoundTrip(0xB7108000, 0, 0));
        Assert.Null(NtpTimestamp.RoundTrip(0xB7108000, 0xB7108000, 1));
    }

    private static bool Walk(byte[] bytes)
    {
        var isCompound = RtcpCompoundReader.TryDecode(bytes, true, out var reader, out var fault);
        if (!isCompound)
        {
            return fault != RtpFault.None;
        }

        var total = 0;
        while (reader.TryReadNext(out var packet))
        {
            total += 4 + packet.Body.Length;
            packet.TryGetSenderReport(out _);
            packet.TryGetCanonicalName(out _, out _);
            for (var i = 0; packet.TryGetReportBlock(i, out _) && i < 40; i++)
            {
            }

            packet.TryGetSsrc(packet.Count, out _);
        }

        return total <= bytes.Length;
    }
}
