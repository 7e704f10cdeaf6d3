using System.Text;
using Farspan.Kernel;

namespace Farspan.Sip.Tests;

public class SipBuilderTests
{
    private static readonly SipUri _target = new("bob", "biloxi.example.com");

    [Fact]
    public void Request_IsWrittenInFull()
    {
        var request = Begin()
            .AddRoute(new NameAddress(new SipUri(null, "p1").WithParameter("lr")))
            .AddHeader("Supported", "timer")
            .WithBody("text/plain", "hé")
            .Build();

        Assert.Equal(
            "INVITE sip:bob@biloxi.example.com SIP/2.0\r\n"
            + "Via: SIP/2.0/UDP a;branch=z9hG4bK1\r\nMax-Forwards: 70\r\n"
            + "Route: <sip:p1;lr>\r\nFrom: \"Al\" <sip:al@a>;tag=1\r\nTo: <sip:bob@biloxi.example.com>\r\n"
            + "Call-ID: id\r\n"
            + "CSeq: 7 INVITE\r\nContact: <sip:al@192.0.2.1>\r\nSupported: timer\r\n"
            + "Content-Type: text/plain\r\n"
            + "Content-Length: 3\r\n\r\nhé",
            request.ToString());
        Assert.Equal(SipMethod.Invite, request.Method);
    }

    [Theory]
    [InlineData("x\r\nRoute: <sip:evil>")]
    [InlineData("x\nRoute: <sip:evil>")]
    [InlineData("x\rRoute: <sip:evil>")]
    [InlineData("x\r\n\r\nbody")]
    [InlineData("x\0")]
    public void LineEndsInValues_InjectNothing(string value)
    {
        var request = Begin(value).AddHeader("Subject", value).AddHeader("X-Ours", value).Build();
        var response = SipResponseBuilder.For(request, 486, value)
            .WithToTag("t").AddHeader("Subject", value).Build();

        Assert.Empty(request.RouteSet);
        Assert.Empty(response.RouteSet);
        Assert.Equal(0, request.Body.Length);
        Assert.Equal(10, request.HeaderLines.Count);
        Assert.Equal(7, response.HeaderLines.Count);
        Assert.False(request.Bytes.Span.Contains((byte)0));
    }

    [Theory]
    [InlineData("Bad Name")]
    [InlineData("Bad:Name")]
    [InlineData("Bad\r\nName")]
    [InlineData("Via")]
    [InlineData("l")]
    public void HeaderNames_MustBeTokensThatTheBuilderDoesNotWriteItself(string name) =>
        Assert.Throws<InvariantViolationException>(() => Begin().AddHeader(name, "x"));

    [Fact] // RFC 3261 §8.2.6.2, §12.1.1
    public void Response_CopiesWhatTheRfcSays()
    {
        var invite = Samples.Request(Samples.Invite);

        var response = SipResponseBuilder.For(invite, 180)
            .WithToTag("ours")
            .WithContact(new NameAddress(new SipUri(null, "edge")))
            .Build();

        Assert.Equal(
            "SIP/2.0 180 Ringing\r\n"
            + "Via: SIP/2.0/UDP 198.51.100.7:5060;branch=z9hG4bK7f3a91c2e4;rport\r\n"
            + "Via: SIP/2.0/UDP 203.0.113.9:5080;branch=z9hG4bKa1b2c3;received=203.0.113.10\r\n"
            + "Record-Route: <sip:198.51.100.7;lr;ftag=gK0c5a>\r\n"
            + "From: \"ACME Corp\" <sip:+12125550123@carrier.example.com;user=phone>;tag=gK0c5a8f12\r\n"
            + "To: <sip:+18005550100@edge.example.net;user=phone>;tag=ours\r\n"
            + "Call-ID: 1894720_72839@203.0.113.9\r\nCSeq: 31415 INVITE\r\nContact: <sip:edge>\r\n"
            + "Content-Length: 0\r\n\r\n",
            response.ToString());
    }

    [Fact]
    public void ToTagOfTheRequest_IsKept()
    {
        var request = Samples.Request(Samples.Minimal.Replace("To: <sip:b>", "To: <sip:b>;tag=there"));

        Assert.Equal("there", SipResponseBuilder.For(request, 200).WithToTag("ours").Build().To.Tag);
    }

    [Fact] // RFC 3261 §8.2.6.1, §8.2.6.2
    public void Trying_HasNoToTagAndReturnsTheTimestamp()
    {
        var trying = SipResponseBuilder.For(Samples.Request(Samples.With("Timestamp: 54")), 100).Build();

        Assert.Null(trying.To.Tag);
        Assert.Equal("54", trying.GetHeader(SipHeader.Timestamp));
    }

    [Fact]
    public void ResponseThatNeedsATag_IsNotBuiltWithoutOne() =>
        Assert.Throws<InvariantViolationException>(() =>
            SipResponseBuilder.For(Samples.Request(Samples.Minimal), 200).Build());

    [Fact]
    public void TopViaOfTheResponse_MayNoteTheSource()
    {
        var request = Samples.Request(
            Samples.Minimal.Replace("Via: ", "Via: SIP/2.0/UDP p;branch=z9hG4bK0;rport, "));
        var response = SipResponseBuilder.For(request, 200).WithToTag("t")
            .WithTopVia(request.TopVia.WithParameter("rport", "7000")).Build();

        Assert.Equal(
            ["SIP/2.0/UDP p;branch=z9hG4bK0;rport=7000", "SIP/2.0/UDP a;branch=z9hG4bK1"],
            response.Vias.Select(via => via.ToString()));
    }

    [Fact] // RFC 3261 §17.1.1.3
    public void AckForAFailure_IsMadeOfTheInviteAndTheResponsesTo()
    {
        var invite = Begin().AddVia(new Via("TCP", "below", null, "z9hG4bK0"))
            .AddRoute(new NameAddress(new SipUri(null, "p1"))).WithBody("text/plain", "x").Build();
        var busy = SipResponseBuilder.For(invite, 486).WithToTag("theirs").Build();

        var ack = invite.CreateNon2xxAck(busy);

        Assert.Equal(
            "ACK sip:bob@biloxi.example.com SIP/2.0\r\n"
            + "Via: SIP/2.0/UDP a;branch=z9hG4bK1\r\nMax-Forwards: 70\r\n"
            + "Route: <sip:p1>\r\nFrom: \"Al\" <sip:al@a>;tag=1\r\nTo: <sip:bob@biloxi.example.com>;"
            + "tag=theirs\r\n"
            + "Call-ID: id\r\nCSeq: 7 ACK\r\nContent-Length: 0\r\n\r\n",
            ack.ToString());
    }

    [Fact] // RFC 3261 §9.1, RFC 3326
    public void Cancel_IsMadeOfTheInvite()
    {
        var cancel = Begin().Build().CreateCancel(new SipReason("SIP", 200, "Call completed elsewhere"));

        Assert.Equal(
            "CANCEL sip:bob@biloxi.example.com SIP/2.0\r\n"
            + "Via: SIP/2.0/UDP a;branch=z9hG4bK1\r\nMax-Forwards: 70\r\n"
            + "From: \"Al\" <sip:al@a>;tag=1\r\nTo: <sip:bob@biloxi.example.com>\r\n"
            + "Call-ID: id\r\nCSeq: 7 CANCEL\r\n"
            + "Reason: SIP;cause=200;text=\"Call completed elsewhere\"\r\nContent-Length: 0\r\n\r\n",
            cancel.ToString());
    }

    [Fact]
    public void TopVia_IsReplacedOrAddedAndTheRestKept()
    {
        var invite = Samples.Request(Samples.Invite);
        var via = new Via("TLS", "edge", 5061, "z9hG4bKnew");

        var replaced = invite.WithTopVia(via);
        var added = invite.WithAddedVia(via);

        Assert.Equal(["z9hG4bKnew", "z9hG4bKa1b2c3"], replaced.Vias.Select(item => item.Branch));
        Assert.Equal(
            ["z9hG4bKnew", "z9hG4bK7f3a91c2e4", "z9hG4bKa1b2c3"], added.Vias.Select(item => item.Branch));
        Assert.Equal(invite.HeaderLines.Count, replaced.HeaderLines.Count);
        Assert.Equal(invite.Body.ToArray(), added.Body.ToArray());
    }

    private static SipRequestBuilder Begin(string displayName = "Al") =>
        new SipRequestBuilder(SipMethod.Invite, _target)
        {
            From = new NameAddress(new SipUri("al", "a"), displayName).WithTag("1"),
            To = new NameAddress(_target),
            CallId = "id",
            CSeqNumber = 7,
            Contact = new NameAddress(new SipUri("al", "192.0.2.1")),
        }.AddVia(new Via("UDP", "a", null, "z9hG4bK1"));
}
