using System.Text;
using CsCheck;

namespace Farspan.Sip.Tests;

public sealed class SipMultipartTests
{
    private static readonly Gen<string> Pieces = Gen.OneOf(
        Gen.Const("--b1"), Gen.Const("\r\n"), Gen.Const("\r\n\r\n"), Gen.Const("--"), Gen.String[0, 5]);

    [Fact] // RFC 5621 §3: a description and something else in one message.
    public void Parts_ReadBackAsTheyWereWritten()
    {
        SipBodyPart[] parts =
        [
            new("application/sdp", "v=0\r\n"u8.ToArray()),
            new("application/vnd.example", new byte[] { 0, 13, 10, 13, 10, 255, 45, 45 }),
        ];

        AssertReadsBack(parts);
    }

    [Fact]
    public void AnyBytes_TravelInAPart() =>
        Gen.Byte.Array[0, 200].Sample(bytes =>
            AssertReadsBack([new("application/sdp", bytes), new("a/b", bytes), new("c/d", bytes)]));

    [Fact]
    public void ASinglePart_IsTheBodyItself()
    {
        var body = SipMultipart.Write(new SipBodyPart("a/b", "x"u8.ToArray()));

        Assert.Equal("a/b", body.ContentType);
        AssertReadsBack([new("a/b", "x"u8.ToArray())]);
    }

    [Fact] // RFC 2046 §5.1.1: a preamble, an epilogue, blanks behind the delimiter, headers in any case.
    public void AForeignMultipartBody_IsTakenApart()
    {
        const string Body = "preamble\r\n--b1  \r\ncontent-type: a/b;x=1\r\nContent-Language: en\r\n\r\none\r\n\r\n"
            + "--b1\r\n\r\ntwo--b1\r\n--b1--\r\nepilogue\r\n--b1\r\n\r\nthree";

        var parts = SipMultipart.Read(Message("multipart/mixed; boundary=\"b1\"", Encoding.ASCII.GetBytes(Body)));

        Assert.Equal(["a/b;x=1", ""], parts.Select(p => p.ContentType));
        Assert.Equal(["one\r\n", "two--b1"], parts.Select(p => Encoding.ASCII.GetString(p.Content.Span)));
        Assert.True(parts[0].IsOfType("A/B"));
    }

    [Theory]
    [InlineData("multipart/mixed")]
    [InlineData("multipart/mixed;boundary=")]
    [InlineData("multipart/mixed;boundary=b2")]
    public void AMultipartBodyThatCannotBeTakenApart_HasNoParts(string type) =>
        Assert.Empty(SipMultipart.Read(Message(type, "--b1\r\n\r\nx\r\n--b1--"u8.ToArray())));

    [Fact]
    public void AnyBody_GivesAFewPartsOrNone() =>
        Pieces.Array[0, 60].Sample(pieces =>
            SipMultipart.Read(Message("multipart/mixed;boundary=b1", Encoding.UTF8.GetBytes(string.Concat(pieces))))
                .Count <= SipMultipart.PartsMax);

    private static void AssertReadsBack(SipBodyPart[] parts)
    {
        var body = SipMultipart.Write(parts);
        var message = Message(body.ContentType, body.Content);

        Assert.Equal(
            parts.Select(p => (p.ContentType, Convert.ToHexString(p.Content.Span))).Where(p => p.Item2 != ""),
            SipMultipart.Read(message).Select(p => (p.ContentType, Convert.ToHexString(p.Content.Span)))
                .Where(p => p.Item2 != ""));
        Assert.Equal(parts[0].Content.Length > 0 || parts.Length > 1,
            SipMultipart.TryFind(message, parts[0].ContentType, out _));
    }

    private static SipRequest Message(string contentType, ReadOnlyMemory<byte> body)
    {
        var uri = new SipUri("x", "example.com", null, SipUriScheme.Sip);
        var builder = new SipRequestBuilder(SipMethod.Info, uri)
        {
            From = new NameAddress(uri).WithTag("a"),
            To = new NameAddress(uri).WithTag("b"),
            CallId = "c",
            CSeqNumber = 1,
        };
        return builder.AddVia(new Via("UDP", "192.0.2.1", 5060, Via.MagicCookie + "1"))
            .WithBody(contentType, body).Build();
    }
}
