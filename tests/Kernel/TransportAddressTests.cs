using System.Net;
using CsCheck;

namespace Farspan.Kernel.Tests;

public sealed class TransportAddressTests
{
    [Theory]
    [InlineData("192.0.2.1:5060")]
    [InlineData("[2001:db8::1]:65535")]
    [InlineData("0.0.0.0:0")]
    public void A_literal_survives_text_and_IPEndPoint(string text)
    {
        Assert.True(TransportAddress.TryParse(text, out var address));
        Assert.Equal(text, address.ToString());
        Assert.Equal(address, TransportAddress.From(address.ToIPEndPoint()));
        Assert.Equal(address.GetHashCode(), TransportAddress.From(IPEndPoint.Parse(text)).GetHashCode());
    }

    [Theory]
    [InlineData("")]
    [InlineData(":1")]
    [InlineData("example.org:1")]
    [InlineData("127.1:1")]
    [InlineData("010.0.0.1:1")]
    [InlineData("0x7f.0.0.1:1")]
    [InlineData("192.0.2.1")]
    [InlineData("192.0.2.1:65536")]
    [InlineData("192.0.2.1:+1")]
    [InlineData("192.0.2.1: 1")]
    [InlineData("[192.0.2.1]:1")]
    [InlineData("2001:db8::1:1")]
    [InlineData("[fe80::1%2]:1")]
    [InlineData("[[::1]]:1")]
    public void What_is_not_a_literal_is_refused(string text) =>
        Assert.False(TransportAddress.TryParse(text, out _));

    [Fact]
    public void A_mapped_IPv6_address_is_the_IPv4_address_it_stands_for()
    {
        var mapped = TransportAddress.From(IPAddress.Parse("::ffff:192.0.2.1"), 7);

        Assert.Equal(TransportAddress.FromIPv4(0xC0000201, 7), mapped);
        Assert.True(mapped.IsIPv4);
    }

    [Fact]
    public void An_IPv4_compatible_IPv6_address_is_not_an_IPv4_address() =>
        Assert.NotEqual(
            TransportAddress.FromIPv4(0xC0000201, 7),
            TransportAddress.From(IPAddress.Parse("::192.0.2.1"), 7));

    [Fact]
    public void Only_fe80_10_is_link_local()
    {
        Assert.True(TransportAddress.From(IPAddress.Parse("fe80::1"), 1).IsIPv6LinkLocal);
        Assert.True(TransportAddress.From(IPAddress.Parse("febf::1"), 1).IsIPv6LinkLocal);
        Assert.False(TransportAddress.From(IPAddress.Parse("fec0::1"), 1).IsIPv6LinkLocal);
        Assert.False(TransportAddress.From(IPAddress.Parse("2001:db8::1"), 1).IsIPv6LinkLocal);
    }

    [Fact]
    public void The_default_names_nobody()
    {
        Assert.True(default(TransportAddress).IsNone);
        Assert.NotEqual(default, TransportAddress.FromIPv4(0, 0));
        Assert.Equal("none", default(TransportAddress).ToString());
    }

    [Fact]
    public void Any_octets_of_an_address_survive() =>
        Gen.Select(Gen.OneOf(Gen.Byte.Array[4], Gen.Byte.Array[16]), Gen.UShort).Sample((octets, port) =>
        {
            Assert.True(TransportAddress.TryCreate(octets, port, out var address));
            var expected = new IPEndPoint(new IPAddress(octets), port);
            var mapped = expected.Address.IsIPv4MappedToIPv6
                ? new IPEndPoint(expected.Address.MapToIPv4(), port)
                : expected;
            Assert.Equal(mapped, address.ToIPEndPoint());
            Assert.True(TransportAddress.TryParse(address.ToString(), out var parsed));
            Assert.Equal(address, parsed);
        });

    [Fact]
    public void Any_text_gives_an_answer() =>
        Gen.String.Sample(text => TransportAddress.TryParse(text, out var address) || address.IsNone);
}
