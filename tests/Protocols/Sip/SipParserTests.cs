using System.Text;

namespace Farspan.Sip.Tests;

public class SipParserTests
{
    [Fact]
    public void CarriersInvite_IsReadInFull()
    {
        var invite = Samples.Request(Samples.Invite);

        Assert.Equal(SipMethod.Invite, invite.Method);
        Assert.Equal("+18005550100", invite.RequestUri.User);
        Assert.Equal(5060, invite.RequestUri.Port);
        Assert.Equal(68, invite.MaxForwards);
        Assert.Equal("1894720_72839@203.0.113.9", invite.CallId);
        Assert.Equal(new CSeq(31415, SipMethod.Invite, "INVITE"), invite.CSeq);
        Assert.Equal(("ACME Corp", "gK0c5a8f12"), (invite.From.DisplayName, invite.From.Tag));
        Assert.Null(invite.To.Tag);
        Assert.Equal(["z9hG4bK7f3a91c2e4", "z9hG4bKa1b2c3"], invite.Vias.Select(via => via.Branch));
        Assert.True(invite.TopVia.HasRport);
        Assert.Equal(5080, invite.Contact!.Uri.Port);
        Assert.True(Assert.Single(invite.RecordRoutes).Uri.IsLooseRouter);
        Assert.Equal(["timer", "100rel"], invite.Supported);
        Assert.Equal(
            new SessionExpires(TimeSpan.FromMinutes(30), SessionRefresher.Uac), invite.SessionExpires);
        Assert.Equal(TimeSpan.FromSeconds(90), invite.MinSe);
        Assert.Equal(
            ["sip:+12125550123@carrier.example.com", "tel:+12125550123"],
            invite.GetAddresses(SipHeader.PAssertedIdentity).Select(address => address.Uri.ToString()));
        Assert.Equal("application/sdp", invite.ContentType);
        Assert.StartsWith("v=0", Encoding.ASCII.GetString(invite.Body.Span));
    }

    [Theory]
    [InlineData(100, true, false, false, false)]
    [InlineData(183, true, false, false, false)]
    [InlineData(200, false, true, true, false)]
    [InlineData(302, false, false, true, true)]
    [InlineData(699, false, false, true, true)]
    public void StatusCode_HasItsClass(int code, bool isProvisional, bool isSuccess, bool isFinal, bool isBad)
    {
        var response = Samples.Response(Samples.Ringing.Replace("180", code.ToString()));

        Assert.Equal(code, response.StatusCode);
        Assert.Equal(
            (isProvisional, isSuccess, isFinal, isBad),
            (response.IsProvisional, response.IsSuccess, response.IsFinal, response.IsFailure));
    }

    [Theory]
    [InlineData("SIP/2.0 099 x")]
    [InlineData("SIP/2.0 700 x")]
    [InlineData("SIP/2.0 20 x")]
    [InlineData("SIP/2.0 2000 x")]
    [InlineData("SIP/2.0 2x0 x")]
    public void BadStatusCode_IsRefused(string statusLine) =>
        Assert.Equal(
            SipParseErrorCode.BadStatusCode,
            Samples.Refuse(Samples.Ringing.Replace("SIP/2.0 180 Ringing", statusLine)).Code);

    [Fact] // RFC 3261 §7.3.3
    public void CompactForms_AreTheSameHeaders()
    {
        var request = Samples.Request(
            "OPTIONS sip:edge SIP/2.0\r\nv: SIP/2.0/UDP a;branch=z9hG4bK1\r\n"
            + "f: <sip:a>;tag=1\r\nt: <sip:b>\r\n"
            + "i: c\r\nCSeq: 1 OPTIONS\r\nm: <sip:m>\r\nk: timer\r\nx: 90\r\n"
            + "c: text/plain\r\nl: 2\r\n\r\nhi");

        Assert.Equal("z9hG4bK1", request.TopVia.Branch);
        Assert.Equal(("1", "c", "m"), (request.From.Tag, request.CallId, request.Contact!.Uri.Host));
        Assert.Equal(["timer"], request.GetHeaders("Supported"));
        Assert.Equal(TimeSpan.FromSeconds(90), request.SessionExpires!.Value.Interval);
        Assert.Equal("text/plain", request.ContentType);
        Assert.Equal(2, request.Body.Length);
    }

    [Fact] // RFC 3261 §7.3.1
    public void FoldedValue_IsOneLine()
    {
        var request = Samples.Request(Samples.With("Subject: one\r\n two\r\n\tthree"));

        Assert.Equal("one   two  \tthree", request.GetHeader(SipHeader.Subject));
    }

    [Fact] // RFC 3261 §7.3.1: a comma separates values only where the grammar says so.
    public void Lists_AreSplitOutsideQuotesAndBracketsOnly()
    {
        var request = Samples.Request(Samples.With(
            "Warning: 399 a \"x, \\\"y\", 399 b \"z\"\r\n"
            + "Date: Sat, 13 Nov 2010 23:29:00 GMT\r\nX-Ours: a, b"));

        Assert.Equal(["399 a \"x, \\\"y\"", "399 b \"z\""], request.GetHeaders("warning"));
        Assert.Equal(["Sat, 13 Nov 2010 23:29:00 GMT"], request.GetHeaders("Date"));
        Assert.Equal(["a, b"], request.GetHeaders("x-ours"));
        Assert.True(request.TryGetHeader("X-OURS", out var value) && value == "a, b");
        Assert.False(request.TryGetHeader("X-Theirs", out _));
    }

    [Fact]
    public void Reasons_AreReadForEachProtocol()
    {
        var request = Samples.Request(Samples.With(
            "Reason: Q.850;cause=16;text=\"Normal, clearing\" , SIP;cause=200"));

        Assert.Equal(
            [new SipReason("Q.850", 16, "Normal, clearing"), new SipReason("SIP", 200)], request.Reasons);
    }

    [Theory]
    [InlineData("Retry-After: 120", 120)]
    [InlineData("Retry-After: 18000;duration=3600", 18000)]
    [InlineData("Retry-After: 120 (I'm in a meeting)", 120)]
    [InlineData("Retry-After: 99999999999999", null)]
    [InlineData("Retry-After: soon", null)]
    public void RetryAfter_IsReadOrAbsent(string line, int? seconds) =>
        Assert.Equal(seconds, (int?)Samples.Request(Samples.With(line)).RetryAfter?.TotalSeconds);

    [Theory] // RFC 4475 §3.1.2.4: as if it were absent.
    [InlineData("Max-Forwards: 255", 255)]
    [InlineData("Max-Forwards: 256", null)]
    [InlineData("Max-Forwards: many", null)]
    public void UnreadableMaxForwards_CountsAsAbsent(string line, int? expected) =>
        Assert.Equal(expected, Samples.Request(Samples.With(line)).MaxForwards);

    [Theory]
    [InlineData("Via: SIP/2.0/UDP a;branch=z9hG4bK1\r\n", SipHeader.Via)]
    [InlineData("From: <sip:a>;tag=1\r\n", SipHeader.From)]
    [InlineData("To: <sip:b>\r\n", SipHeader.To)]
    [InlineData("Call-ID: c\r\n", SipHeader.CallId)]
    [InlineData("CSeq: 1 OPTIONS\r\n", SipHeader.CSeq)]
    public void RequiredHeader_MustBeThere(string line, SipHeader header)
    {
        var error = Samples.Refuse(Samples.Minimal.Replace(line, ""));

        Assert.Equal((SipParseErrorCode.MissingHeader, header), (error.Code, error.Header));
    }

    [Theory]
    [InlineData("From: <sip:x>;tag=2", SipHeader.From)]
    [InlineData("t: <sip:x>", SipHeader.To)]
    [InlineData("i: c", SipHeader.CallId)]
    [InlineData("CSeq: 1 OPTIONS", SipHeader.CSeq)]
    [InlineData("Max-Forwards: 1\r\nMax-Forwards: 1", SipHeader.MaxForwards)]
    [InlineData("l: 0\r\nContent-Length: 0", SipHeader.ContentLength)]
    [InlineData("c: text/plain\r\nContent-Type: text/plain", SipHeader.ContentType)]
    public void SingleValuedHeader_MustNotBeRepeated(string line, SipHeader header)
    {
        var error = Samples.Refuse(Samples.With(line));

        Assert.Equal((SipParseErrorCode.DuplicateHeader, header), (error.Code, error.Header));
    }

    [Theory]
    [InlineData("Contact: <sip:a>,")]
    [InlineData("Contact: <sip:a> <sip:b>")]
    [InlineData("Contact: sip:a@[::1")]
    [InlineData("Contact: sip:@host")]
    [InlineData("Contact: sip:a@host:0")]
    [InlineData("Contact: sip:a@host:70000")]
    [InlineData("Contact: sip:a%zz@host")]
    [InlineData("Contact: <sip:a@host;;lr>")]
    [InlineData("Route: <sip:a>;")]
    [InlineData("Record-Route: sip")]
    [InlineData("Via: SIP/2.0/UDP")]
    [InlineData("Via: SIP/2.0 a")]
    [InlineData("Via: SIP/2.0/UDP a;branch=")]
    public void HeaderThatRoutingStandsOn_MustBeWellFormed(string line) =>
        Assert.Equal(SipParseErrorCode.BadHeaderValue, Samples.Refuse(Samples.With(line)).Code);

    [Theory] // RFC 3261 §25.1: tag-param = "tag" EQUAL token
    [InlineData("From", "\"a b\"")]
    [InlineData("To", "\"a b\"")]
    [InlineData("To", "\"quoted\"")]
    [InlineData("To", "[::1]")]
    public void ATag_IsAToken(string header, string tag)
    {
        var text = Samples.Invite.Split("\r\n").Select(line =>
            line.StartsWith($"{header}:", StringComparison.Ordinal) ? $"{header}: <sip:a@b>;tag={tag}" : line);
        var error = Samples.Refuse(string.Join("\r\n", text));

        Assert.Equal((SipParseErrorCode.BadHeaderValue, header), (error.Code, $"{error.Header}"));
    }

    [Theory]
    [InlineData(": value")]
    [InlineData("No colon")]
    [InlineData("Bad name: value")]
    [InlineData("Bad(name): value")]
    public void HeaderLine_NeedsANameAndAColon(string line) =>
        Assert.Equal(SipParseErrorCode.BadHeaderLine, Samples.Refuse(Samples.With(line)).Code);

    [Theory]
    [InlineData("Subject: a\nRoute: <sip:evil>")]
    [InlineData("Subject: a\rRoute: <sip:evil>")]
    public void BareLineEnd_IsRefused(string line) =>
        Assert.Equal(SipParseErrorCode.BareLineEnd, Samples.Refuse(Samples.With(line)).Code);

    [Fact] // RFC 3261 §18.3
    public void DatagramWithoutContentLength_IsBodyToItsEnd() =>
        Assert.Equal(3, Samples.Request(Samples.Minimal + "abc").Body.Length);

    [Fact] // RFC 3261 §18.3
    public void StreamWithoutContentLength_IsRefused()
    {
        var error = Samples.Refuse(Samples.Minimal, SipFraming.Stream);

        Assert.Equal((SipParseErrorCode.MissingHeader, SipHeader.ContentLength), (error.Code, error.Header));
        Assert.Equal(400, error.StatusCode);
    }

    [Fact] // RFC 3261 §7.5
    public void EmptyLinesBeforeTheMessage_AreIgnored() =>
        Assert.Equal(SipMethod.Options, Samples.Request("\r\n\r\n" + Samples.Minimal).Method);

    [Theory]
    [InlineData("")]
    [InlineData("\r\n\r\n")]
    public void LineEndsAlone_AreNoMessage(string text) =>
        Assert.Equal(SipParseErrorCode.Empty, Samples.Refuse(text).Code);

    [Fact]
    public void TooManyHeaderLines_AreRefused()
    {
        var lines = string.Concat(Enumerable.Repeat("X: y\r\n", SipLimits.MaxHeaderLines));

        Assert.Equal(SipParseErrorCode.TooManyHeaders, Samples.Refuse(Samples.With(lines + "X: y")).Code);
    }

    [Fact]
    public void TooManyVias_AreRefused()
    {
        var vias = string.Join(",", Enumerable.Repeat("SIP/2.0/UDP a", SipLimits.MaxValuesPerHeader));

        Assert.Equal(SipParseErrorCode.TooManyValues, Samples.Refuse(Samples.With("Via: " + vias)).Code);
    }

    [Fact]
    public void TooLongRequestUri_IsAnswered414()
    {
        var error = Samples.Refuse(Samples.Minimal.Replace("sip:edge", "sip:" + new string('a', 5000)));

        Assert.Equal((SipParseErrorCode.RequestUriTooLong, 414), (error.Code, error.StatusCode));
        Assert.NotNull(error.Rejection);
    }

    [Fact]
    public void TooLargeMessage_IsRefused() =>
        Assert.Equal(
            SipParseErrorCode.TooLarge, Samples.Refuse(Samples.Minimal + new string('a', 65_535)).Code);

    [Fact] // RFC 3261 §17.1.1.3: nothing is ever answered to an ACK.
    public void BadAck_IsNotAnswered()
    {
        var ack = Samples.Minimal.Replace("OPTIONS", "ACK").Replace("Call-ID: c\r\n", "");

        Assert.Null(Samples.Refuse(ack).Rejection);
    }

    [Fact]
    public void Rejection_KeepsTheViaStackAndAddsATag()
    {
        var text = Samples.Minimal
            .Replace("1 OPTIONS", "99999999999 OPTIONS")
            .Replace("Via: ", "Via: SIP/2.0/TCP p;branch=z9hG4bK0,");
        var rejection = Samples.Refuse(text).Rejection!;
        var topVia = rejection.TopVia.WithParameter("received", "192.0.2.1");

        Assert.Equal(
            "SIP/2.0 400 Bad CSeq\r\nVia: SIP/2.0/TCP p;branch=z9hG4bK0;received=192.0.2.1\r\n"
            + "Via: SIP/2.0/UDP a;branch=z9hG4bK1\r\nFrom: <sip:a>;tag=1\r\nCall-ID: c\r\n"
            + "CSeq: 99999999999 OPTIONS\r\n"
            + "To: <sip:b>;tag=ours\r\nContent-Length: 0\r\n\r\n",
            Encoding.UTF8.GetString(rejection.WriteResponse("ours", topVia)));
    }

    [Fact]
    public void WildcardContact_IsNoAddress()
    {
        var request = Samples.Request(Samples.With("Contact: *"));

        Assert.True(request.HasWildcardContact);
        Assert.Null(request.Contact);
    }

    public static TheoryData<SipHeader> FreeHeaders => new(Enum.GetValues<SipHeader>().Except([
        SipHeader.Other, SipHeader.Via, SipHeader.From, SipHeader.To, SipHeader.CallId, SipHeader.CSeq,
        SipHeader.MaxForwards, SipHeader.ContentLength, SipHeader.ContentType,
    ]));

    [Theory]
    [MemberData(nameof(FreeHeaders))]
    public void KnownHeader_IsWrittenByItsNameAndFoundAgain(SipHeader header)
    {
        var value = "<sip:x>";
        var response = SipResponseBuilder.For(Samples.Request(Samples.Minimal), 200)
            .WithToTag("t").AddHeader(header, value).Build();

        Assert.Equal(value, response.GetHeader(header));
        var line = Assert.Single(response.HeaderLines, line => line.Header == header);
        Assert.Equal(header.ToString(), line.Name.Replace("-", ""), ignoreCase: true);
    }
}
