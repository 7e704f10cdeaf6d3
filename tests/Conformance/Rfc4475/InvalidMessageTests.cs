using System.Text;
using Farspan.Sip;

namespace Farspan.Rfc4475.Tests;

/// <summary>RFC 4475 §3.1.2: refused with the status the RFC names; responses are discarded.</summary>
public class InvalidMessageTests
{
    [TortureTheory]
    [InlineData("badinv01", SipParseErrorCode.BadHeaderValue, SipHeader.Via)] // §3.1.2.1
    [InlineData("clerr", SipParseErrorCode.BodyTruncated, SipHeader.ContentLength)] // §3.1.2.2
    [InlineData("ncl", SipParseErrorCode.BadHeaderValue, SipHeader.ContentLength)] // §3.1.2.3
    [InlineData("scalar02", SipParseErrorCode.BadHeaderValue, SipHeader.CSeq)] // §3.1.2.4
    [InlineData("quotbal", SipParseErrorCode.BadHeaderValue, SipHeader.To)] // §3.1.2.6
    [InlineData("ltgtruri", SipParseErrorCode.BadRequestUri, SipHeader.Other)] // §3.1.2.7
    [InlineData("lwsruri", SipParseErrorCode.BadRequestUri, SipHeader.Other)] // §3.1.2.8
    [InlineData("lwsstart", SipParseErrorCode.BadRequestUri, SipHeader.Other)] // §3.1.2.9
    [InlineData("trws", SipParseErrorCode.BadStartLine, SipHeader.Other)] // §3.1.2.10
    [InlineData("escruri", SipParseErrorCode.BadRequestUri, SipHeader.Other)] // §3.1.2.11
    [InlineData("regbadct", SipParseErrorCode.BadHeaderValue, SipHeader.Contact)] // §3.1.2.13
    [InlineData("badaspec", SipParseErrorCode.BadHeaderValue, SipHeader.To)] // §3.1.2.14
    [InlineData("mismatch01", SipParseErrorCode.CSeqMethodMismatch, SipHeader.CSeq)] // §3.1.2.17
    public void BadRequest_IsAnswered400(string name, SipParseErrorCode code, SipHeader header)
    {
        var error = TortureMessages.Refuse(name);

        Assert.Equal((code, header, 400), (error.Code, error.Header, error.StatusCode));
    }

    [TortureTheory]
    [InlineData("clerr")]
    [InlineData("ncl")]
    [InlineData("scalar02")]
    [InlineData("quotbal")]
    [InlineData("ltgtruri")]
    [InlineData("lwsruri")]
    [InlineData("lwsstart")]
    [InlineData("trws")]
    [InlineData("escruri")]
    [InlineData("regbadct")]
    [InlineData("badaspec")]
    [InlineData("baddn")]
    [InlineData("badvers")]
    [InlineData("mismatch01")]
    [InlineData("mismatch02")]
    public void RefusedRequest_CanBeAnsweredFromWhatWasUnderstood(string name)
    {
        var error = TortureMessages.Refuse(name);

        var answer = Encoding.UTF8.GetString(error.Rejection!.WriteResponse("ours"));

        Assert.StartsWith($"SIP/2.0 {error.StatusCode} ", answer);
        Assert.Contains("\r\nVia: SIP/2.0/", answer);
        Assert.Contains($"\r\nCall-ID: {name}.", answer);
        Assert.Contains("\r\nFrom: ", answer);
        Assert.Contains("\r\nTo: ", answer);
        Assert.Contains("\r\nCSeq: ", answer);
        Assert.EndsWith("\r\nContent-Length: 0\r\n\r\n", answer);
    }

    [TortureFact] // §3.1.2.1: the Via itself is what is broken.
    public void RequestWithAnUnreadableVia_HasNobodyToAnswer() =>
        Assert.Null(TortureMessages.Refuse("badinv01").Rejection);

    [TortureFact] // §3.1.2.2: over a stream, the rest may still come.
    public void ContentLengthBeyondTheStream_WaitsForMore()
    {
        var framer = new SipStreamFramer(SipKeepAliveRole.AnswersPings);
        framer.Append(TortureMessages.Load("clerr"));

        Assert.Equal(SipStreamItem.None, framer.Read(out _));
    }

    [TortureFact] // §3.1.2.3: over a stream, nothing after it can be framed.
    public void NegativeContentLength_BreaksAStream()
    {
        var framer = new SipStreamFramer(SipKeepAliveRole.AnswersPings);
        framer.Append(TortureMessages.Load("ncl"));

        Assert.Equal(SipStreamItem.Broken, framer.Read(out var head));
        Assert.False(SipParser.TryParse(head, SipFraming.Stream, out _, out var error));
        Assert.Equal(SipHeader.ContentLength, error.Header);
    }

    [TortureTheory]
    [InlineData("scalarlg", SipParseErrorCode.BadHeaderValue, SipHeader.CSeq)] // §3.1.2.5
    [InlineData("bigcode", SipParseErrorCode.BadStatusCode, SipHeader.Other)] // §3.1.2.19
    public void BadResponse_IsDiscarded(string name, SipParseErrorCode code, SipHeader header)
    {
        var error = TortureMessages.Refuse(name);

        Assert.Equal((code, header), (error.Code, error.Header));
        Assert.Null(error.Rejection);
    }

    [TortureFact] // §3.1.2.12: an element may ignore the header; nothing here uses Date.
    public void DateInAnotherTimeZone_IsIgnored() =>
        Assert.Equal(
            "Fri, 01 Jan 2010 16:00:00 EST",
            TortureMessages.Parse<SipRequest>("baddate").GetHeader(SipHeader.Date));

    [TortureFact] // §3.1.2.15; the copy of the corpus lacks the last line end, so the test adds it.
    public void CommaInAnUnquotedDisplayName_IsAnswered400()
    {
        byte[] whole = [.. TortureMessages.Load("baddn"), .. "\r\n"u8];

        Assert.False(SipParser.TryParse(whole, SipFraming.Datagram, out _, out var error));
        Assert.Equal(
            (SipParseErrorCode.BadHeaderValue, SipHeader.From, 400),
            (error.Code, error.Header, error.StatusCode));
        Assert.Equal(SipParseErrorCode.Truncated, TortureMessages.Refuse("baddn").Code);
    }

    [TortureFact] // §3.1.2.16
    public void UnknownProtocolVersion_IsAnswered505()
    {
        var error = TortureMessages.Refuse("badvers");

        Assert.Equal((SipParseErrorCode.UnsupportedVersion, 505), (error.Code, error.StatusCode));
    }

    [TortureFact] // §3.1.2.18: 400 is acceptable, 501 is preferred.
    public void UnknownMethodWithAnotherInTheCSeq_IsAnswered501()
    {
        var error = TortureMessages.Refuse("mismatch02");

        Assert.Equal((SipParseErrorCode.UnknownMethodMismatch, 501), (error.Code, error.StatusCode));
    }
}
