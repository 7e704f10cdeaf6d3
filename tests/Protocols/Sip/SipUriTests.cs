namespace Farspan.Sip.Tests;

public class SipUriTests
{
    [Theory]
    [InlineData("sip:alice@atlanta.com", SipUriScheme.Sip, "alice", "atlanta.com", null)]
    [InlineData("sips:alice:secret@h.com:5062;transport=tcp", SipUriScheme.Sips, "alice", "h.com", 5062)]
    [InlineData("sip:h.com;method=REGISTER?to=alice%40h.com", SipUriScheme.Sip, null, "h.com", null)]
    [InlineData("sip:alice;day=tuesday@h.com", SipUriScheme.Sip, "alice;day=tuesday", "h.com", null)]
    [InlineData("sip:[2001:db8::10]:5070", SipUriScheme.Sip, null, "[2001:db8::10]", 5070)]
    [InlineData("SIP:1@a", SipUriScheme.Sip, "1", "a", null)]
    [InlineData("tel:863-1234;phone-context=+1-914-555", SipUriScheme.Tel, "863-1234", "", null)]
    [InlineData("mailto:a@b", SipUriScheme.Other, null, "", null)]
    public void Uri_IsTakenApart(string text, SipUriScheme scheme, string? user, string host, int? port)
    {
        Assert.True(SipUri.TryParse(text, out var uri));
        Assert.Equal((scheme, user, host, port), (uri.Scheme, uri.User, uri.Host, uri.Port));
        Assert.Equal(text, uri.ToString(), ignoreCase: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sip:")]
    [InlineData("alice@atlanta.com")]
    [InlineData("sip:@atlanta.com")]
    [InlineData("sip:alice@")]
    [InlineData("sip:alice@atlanta.com:")]
    [InlineData("sip:alice@atlanta.com:65536")]
    [InlineData("sip:alice@atlanta.com:5060x")]
    [InlineData("sip:a b@atlanta.com")]
    [InlineData("sip:a@b@c")]
    [InlineData("sip:a%4@b")]
    [InlineData("sip:a@b;")]
    [InlineData("sip:a@b?")]
    [InlineData("sip:[::1")]
    [InlineData("sip:a@b>c")]
    [InlineData("tel:")]
    [InlineData("1sip:a@b")]
    public void MalformedUri_IsRefused(string text) => Assert.False(SipUri.TryParse(text, out _));

    [Theory] // RFC 3261 §19.1.4, first list.
    [InlineData("sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtlanTa.CoM;Transport=tcp")]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5")]
    [InlineData("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;newparam=5")]
    [InlineData(
        "sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com",
        "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com")]
    [InlineData(
        "sip:alice@atlanta.com?subject=project%20x&priority=urgent",
        "sip:alice@atlanta.com?priority=urgent&subject=project%20x")]
    [InlineData("tel:+1-201-555-0123", "tel:+1(201)5550123")]
    public void EquivalentUris_AreEqualAndHashAlike(string left, string right)
    {
        Assert.True(SipUri.TryParse(left, out var first) & SipUri.TryParse(right, out var second));
        Assert.Equal(first, second);
        Assert.Equal(second, first);
        Assert.Equal(first!.GetHashCode(), second!.GetHashCode());
    }

    [Theory] // RFC 3261 §19.1.4, second list.
    [InlineData("SIP:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtlanTa.CoM;Transport=UDP")]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:5060")]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp")]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:6000;transport=tcp")]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next%20meeting")]
    [InlineData("sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4")]
    [InlineData("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off")]
    [InlineData("sip:a%3Bb@h", "sip:a;b@h")]
    [InlineData("sip:a@h", "sips:a@h")]
    [InlineData("tel:+12015550123", "tel:+12015550123;ext=1")]
    public void DifferentUris_AreNotEqual(string left, string right)
    {
        Assert.True(SipUri.TryParse(left, out var first) & SipUri.TryParse(right, out var second));
        Assert.NotEqual(first, second);
        Assert.NotEqual(second, first);
    }

    [Fact]
    public void UriOfOurs_EscapesWhatTheGrammarForbids()
    {
        var uri = new SipUri("a b@c:ü", "2001:db8::1", 5061).WithParameter("x", "1;2").WithParameter("lr");

        Assert.Equal("sip:a%20b%40c%3A%C3%BC@[2001:db8::1]:5061;x=1%3B2;lr", uri.ToString());
        Assert.True(SipUri.TryParse(uri.ToString(), out var again));
        Assert.Equal("a b@c:ü", again.UnescapedUser);
        Assert.Equal(uri, again);
    }

    [Fact]
    public void Parameters_AreReplacedWhereTheyStandAndRemoved()
    {
        Assert.True(SipUri.TryParse("sip:h;a=1;b=2;c", out var uri));

        Assert.Equal("sip:h;a=1;b=3;c", uri.WithParameter("B", "3").ToString().Replace("B", "b"));
        Assert.Equal("sip:h;a=1;c", uri.WithoutParameter("B").ToString());
        Assert.Equal("sip:h", uri.WithoutParameters().ToString());
    }

    [Fact]
    public void TooManyParameters_AreRefused()
    {
        var parameters = string.Concat(Enumerable.Repeat(";p", SipLimits.MaxParameters));

        Assert.True(SipUri.TryParse("sip:h" + parameters, out _));
        Assert.False(SipUri.TryParse("sip:h" + parameters + ";p", out _));
    }
}
