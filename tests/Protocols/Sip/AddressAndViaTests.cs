using System.Net;

namespace Farspan.Sip.Tests;

public class AddressAndViaTests
{
    [Theory]
    [InlineData("<sip:a@b>;tag=x", null, "sip:a@b", "x")]
    [InlineData("sip:a@b;tag=x", null, "sip:a@b", "x")]
    [InlineData("\"A. \\\"B\\\" C\\\\\" <sip:a@b> ; TAG = x", "A. \"B\" C\\", "sip:a@b", "x")]
    [InlineData("Anne Marie<sip:a@b>", "Anne Marie", "sip:a@b", null)]
    [InlineData("Zoë (home) <sip:a@b>", "Zoë (home)", "sip:a@b", null)]
    [InlineData("\"<sip:fake>;tag=no\" <sip:a@b;lr>;x=\"a,b;c\"", "<sip:fake>;tag=no", "sip:a@b;lr", null)]
    public void Address_IsTakenApart(string text, string? displayName, string uri, string? tag)
    {
        Assert.True(NameAddress.TryParse(text, out var address));
        Assert.Equal((displayName, uri, tag), (address.DisplayName, address.Uri.ToString(), address.Tag));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<>")]
    [InlineData("\"open <sip:a@b>")]
    [InlineData("\"a\" sip:a@b")]
    [InlineData("<sip:a@b")]
    [InlineData("sip:a@b?x=y")]
    [InlineData("<sip:a@b>;")]
    [InlineData("<sip:a@b>;tag=")]
    [InlineData("<sip:a@b>;tag=\"open")]
    [InlineData("<sip:a@b> trailing")]
    [InlineData("<sip:a@b>, <sip:c@d>")]
    public void MalformedAddress_IsRefused(string text) => Assert.False(NameAddress.TryParse(text, out _));

    [Fact]
    public void AddressOfOurs_QuotesWhatTheGrammarForbids()
    {
        var address = new NameAddress(new SipUri("a", "b"), "He said \"\\o/\"")
            .WithTag("t").WithParameter("note", "x, y");

        Assert.Equal("\"He said \\\"\\\\o/\\\"\" <sip:a@b>;tag=t;note=\"x, y\"", address.ToString());
        Assert.True(NameAddress.TryParse(address.ToString(), out var again));
        Assert.Equal("He said \"\\o/\"", again.DisplayName);
        Assert.Equal("x, y", again.Parameters.GetText("note"));
    }

    [Fact]
    public void Via_IsTakenApart()
    {
        Assert.True(Via.TryParse(
            "SIP / 2.0 / tls [2001:db8::9]:5061 ;branch=z9hG4bKx;received=2001:db8::1;"
            + "rport=40000;maddr=224.0.1.75;ttl=1", out var via));

        Assert.Equal(
            ("TLS", "[2001:db8::9]", 5061, "z9hG4bKx"), (via.Transport, via.Host, via.Port, via.Branch));
        Assert.Equal(IPAddress.Parse("2001:db8::1"), via.Received);
        Assert.Equal((true, 40000), (via.HasRport, via.Rport));
        Assert.Equal("224.0.1.75", via.Maddr);
        Assert.True(via.HasMagicCookie);
    }

    [Theory] // RFC 3261 §18.2.1, RFC 3581 §4
    [InlineData("192.0.2.1;branch=b", "192.0.2.1", "192.0.2.1;branch=b")]
    [InlineData("192.0.2.1;branch=b", "192.0.2.9", "192.0.2.1;branch=b;received=192.0.2.9")]
    [InlineData("192.0.2.1;branch=b;received=6.6.6.6", "192.0.2.1", "192.0.2.1;branch=b")]
    [InlineData("host;branch=b", "192.0.2.9", "host;branch=b;received=192.0.2.9")]
    [InlineData("192.0.2.1;rport;branch=b", "192.0.2.1", "192.0.2.1;rport=7000;branch=b;received=192.0.2.1")]
    [InlineData("192.0.2.1;branch=b", "::ffff:192.0.2.1", "192.0.2.1;branch=b")]
    [InlineData("h;rport=1;received=1.1.1.1", "2001:db8::1", "h;rport=7000;received=2001:db8::1")]
    [InlineData("[fe80::1];branch=b", "fe80::1%3", "[fe80::1];branch=b")]
    [InlineData("h;rport;branch=b", "fe80::1%3", "h;rport=7000;branch=b;received=fe80::1")]
    public void Source_IsNotedInTheVia(string sentBy, string source, string expected)
    {
        Assert.True(Via.TryParse($"SIP/2.0/UDP {sentBy}", out var via));

        var noted = via.WithSource(new IPEndPoint(IPAddress.Parse(source), 7000));

        Assert.Equal($"SIP/2.0/UDP {expected}", noted.ToString());
        Assert.True(Via.TryParse(noted.ToString(), out _));
    }

    [Theory]
    [InlineData("z9hG4bKx", true)]
    [InlineData("Z9HG4BKx", true)]
    [InlineData("z9hG4bK", false)]
    [InlineData("1", false)]
    public void MagicCookie_NeedsSomethingBehindIt(string branch, bool expected) =>
        Assert.Equal(expected, new Via("UDP", "h", null, branch).HasMagicCookie);
}
