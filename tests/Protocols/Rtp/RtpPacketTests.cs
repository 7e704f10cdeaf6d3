using CsCheck;

namespace Farspan.Rtp.Tests;

public sealed class RtpPacketTests
{
    // Version 2, padding, extension, two CSRCs; marker, payload type 96.
    private const string Everything =
        "B2E0 1234 00000001 DEADBEEF 11111111 22222222 BEDE0001 10FF0000 AABBCC 000003";

    [Fact]
    public void EveryPartOfTheHeader_IsDelimited()
    {
        Assert.True(RtpPacketView.TryDecode(Hex(Everything), out var packet, out var fault));

        Assert.Equal(RtpFault.None, fault);
        Assert.Equal(new RtpHeader(96, true, 0x1234, 1, 0xDEADBEEF), packet.Header);
        Assert.Equal(Hex("10FF0000"), packet.Extension.ToArray());
        Assert.Equal(Hex("AABBCC"), packet.Payload.ToArray());
        Assert.Equal(28, packet.HeaderBytes);
    }

    [Theory]
    [InlineData("", RtpFault.Truncated)]
    [InlineData("8000 0001 00000000 000000", RtpFault.Truncated)]
    [InlineData("4000 0001 00000000 00000000", RtpFault.UnsupportedVersion)]
    [InlineData("8200 0001 00000000 00000000 00000000", RtpFault.Truncated)]
    [InlineData("9000 0001 00000000 00000000 BEDE", RtpFault.Truncated)]
    [InlineData("9000 0001 00000000 00000000 BEDEFFFF", RtpFault.Truncated)]
    [InlineData("A000 0001 00000000 00000000 00", RtpFault.MalformedPadding)]
    [InlineData("A000 0001 00000000 00000000 02", RtpFault.MalformedPadding)]
    public void WhatIsNotRtp_IsNamed(string hex, RtpFault expected)
    {
        Assert.False(RtpPacketView.TryDecode(Hex(hex), out _, out var fault));
        Assert.Equal(expected, fault);
    }

    [Fact]
    public void AnEncodedHeader_IsDecodedAlike() =>
        Gen.Select(Gen.Byte[0, 127], Gen.Bool, Gen.UShort, Gen.UInt, Gen.UInt).Sample(
            (payloadType, marker, sequence, timestamp, ssrc) =>
            {
                var header = new RtpHeader(payloadType, marker, sequence, timestamp, ssrc);
                var bytes = new byte[RtpHeader.Bytes + 5];
                header.Encode(bytes);
                return RtpPacketView.TryDecode(bytes, out var packet, out _)
                    && packet.Header == header && packet.Payload.Length == 5;
            });

    [Fact]
    public void ArbitraryBytes_GiveAPacketOrAFault() => Gen.Byte.Array[0, 80].Sample(bytes =>
    {
        var isPacket = RtpPacketView.TryDecode(bytes, out var packet, out var fault);
        return isPacket == (fault == RtpFault.None)
            && packet.HeaderBytes + packet.Payload.Length <= bytes.Length;
    });

    [Fact]
    public void DecodingAndEncoding_AllocateNothing()
    {
        var datagram = Hex(Everything);
        Assert.Equal(0, Allocation.Of(() =>
        {
            RtpPacketView.TryDecode(datagram, out var packet, out _);
            packet.Header.Encode(datagram.AsSpan(0, RtpHeader.Bytes));
            datagram[0] = 0xB2;
        }));
    }

    [Theory]
    [InlineData("0001", DatagramKind.Stun)]
    [InlineData("16FE", DatagramKind.Dtls)]
    [InlineData("4000", DatagramKind.TurnChannel)]
    [InlineData("80C8", DatagramKind.Rtcp)]
    [InlineData("80CE", DatagramKind.Rtcp)]
    [InlineData("806F", DatagramKind.Rtp)]
    [InlineData("80EF", DatagramKind.Rtp)]
    [InlineData("FF00", DatagramKind.Unknown)]
    [InlineData("", DatagramKind.Unknown)]
    public void WhatSharesAPort_IsToldApart(string hex, DatagramKind kind) =>
        Assert.Equal(kind, RtcpMux.Classify(Hex(hex)));

    [Fact]
    public void SequenceNumbers_CountOnBeyondTheirWrap()
    {
        var sequence = default(ExtendedSequenceNumber);
        var first = sequence.Extend(65534);

        ushort[] following = [65535, 0, 1, 65534, 0];
        Assert.Equal([1, 2, 3, 0, 2], following.Select(next => sequence.Extend(next) - first));
        Assert.Equal(3, sequence.Highest - first);
    }

    internal static byte[] Hex(string hex) =>
        Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
