using CsCheck;
using Farspan.Chime;

namespace Farspan.Chime.Tests;

public sealed class CompressedSdpTests
{
    [Fact]
    public void AnOffer_SurvivesDeflate_AndShrinks()
    {
        var sdp = string.Concat(Enumerable.Range(0, 120).Select(i => $"a=rtpmap:{i} opus/48000/2\r\n"));

        var compressed = CompressedSdp.Deflate(sdp);

        Assert.True(compressed.Length < sdp.Length / 2);
        Assert.True(CompressedSdp.TryInflate(compressed, out var inflated));
        Assert.Equal(sdp, inflated);
    }

    [Fact] // RFC 1951 §3.2.4: a stored block; a zlib header (78 9c) would be something else.
    public void TheForm_IsRawDeflate()
    {
        Assert.True(CompressedSdp.TryInflate(
            [0x01, 0x03, 0x00, 0xFC, 0xFF, (byte)'v', (byte)'=', (byte)'0'], out var sdp));
        Assert.Equal("v=0", sdp);
    }

    [Fact]
    public void AnInflationBomb_IsRefusedAtTheLimit()
    {
        Assert.True(
            CompressedSdp.TryInflate(CompressedSdp.Deflate(new string('a', ChimeLimits.MaxSdpBytes)), out _));
        Assert.False(
            CompressedSdp.TryInflate(
                CompressedSdp.Deflate(new string('a', ChimeLimits.MaxSdpBytes + 1)), out _));
        Assert.False(CompressedSdp.TryInflate(CompressedSdp.Deflate(new string('a', 50_000_000)), out _));
    }

    [Fact]
    public void ArbitraryBytes_NeverThrow() =>
        Gen.Byte.Array[0, 300].Sample(bytes =>
            Assert.Equal(CompressedSdp.TryInflate(bytes, out var sdp), sdp is not null));
}
