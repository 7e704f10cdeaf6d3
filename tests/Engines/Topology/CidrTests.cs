using System.Net;
using CsCheck;
using Farspan.Topology;

namespace Farspan.Topology.Tests;

public sealed class CidrTests
{
    [Theory]
    [InlineData("10.0.0.0/8", 12, 1, "10.16.0.0/12")]
    [InlineData("10.0.0.0/8", 8, 0, "10.0.0.0/8")]
    [InlineData("169.254.64.0/18", 29, 2047, "169.254.127.248/29")]
    [InlineData("fd00::/8", 48, 1, "fd00:0:1::/48")]
    public void APart_StartsAtItsNumberTimesItsSize(string range, int length, int index, string expected)
    {
        Assert.True(IPNetwork.Parse(range).TryTake(length, index, out var part));
        Assert.Equal(IPNetwork.Parse(expected), part);
    }

    [Theory]
    [InlineData("10.0.0.0/8", 7, 0)]
    [InlineData("10.0.0.0/8", 12, 16)]
    [InlineData("10.0.0.0/8", 33, 0)]
    [InlineData("10.0.0.0/8", 12, -1)]
    public void APartThatTheRangeDoesNotHave_IsNotTaken(string range, int length, int index) =>
        Assert.False(IPNetwork.Parse(range).TryTake(length, index, out _));

    [Fact]
    public void PartsOfARange_AreInIt_AndApart() =>
        Gen.Select(Gen.UInt, Gen.Int[0, 28], Gen.Int[0, 4], Gen.Int[0, 15], Gen.Int[0, 15]).Sample(
            (address, length, bits, first, second) =>
            {
                var range = Cidr.Around(new IPAddress(address), length);
                var isFirst = range.TryTake(length + bits, first, out var a);
                var isSecond = range.TryTake(length + bits, second, out var b);
                return (first < 1 << bits) == isFirst
                    && (!isFirst || range.Covers(a))
                    && (!isFirst || !isSecond || a.Overlaps(b) == (first == second));
            });

    [Fact]
    public void RangesOverlap_IfOneCoversTheOther()
    {
        var wide = IPNetwork.Parse("10.0.0.0/8");
        var narrow = IPNetwork.Parse("10.1.0.0/16");

        Assert.True(wide.Covers(narrow) && !narrow.Covers(wide) && narrow.Overlaps(wide));
        Assert.False(narrow.Overlaps(IPNetwork.Parse("10.2.0.0/16")));
        Assert.False(wide.Overlaps(IPNetwork.Parse("::/0")));
    }
}
