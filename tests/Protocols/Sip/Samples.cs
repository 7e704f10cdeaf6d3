using System.Text;

namespace Farspan.Sip.Tests;

/// <summary>Messages the tests start from.</summary>
internal static class Samples
{
    /// <summary>A carrier's INVITE through one proxy, with SDP: about 950 bytes.</summary>
    public const string Invite =
        "INVITE sip:+18005550100@edge.example.net:5060;user=phone SIP/2.0\r\n"
        + "Via: SIP/2.0/UDP 198.51.100.7:5060;branch=z9hG4bK7f3a91c2e4;rport\r\n"
        + "Via: SIP/2.0/UDP 203.0.113.9:5080;branch=z9hG4bKa1b2c3;received=203.0.113.10\r\n"
        + "Max-Forwards: 68\r\n"
        + "Record-Route: <sip:198.51.100.7;lr;ftag=gK0c5a>\r\n"
        + "From: \"ACME Corp\" <sip:+12125550123@carrier.example.com;user=phone>;tag=gK0c5a8f12\r\n"
        + "To: <sip:+18005550100@edge.example.net;user=phone>\r\n"
        + "Call-ID: 1894720_72839@203.0.113.9\r\n"
        + "CSeq: 31415 INVITE\r\n"
        + "Contact: <sip:+12125550123@203.0.113.9:5080>\r\n"
        + "Supported: timer, 100rel\r\n"
        + "Session-Expires: 1800;refresher=uac\r\n"
        + "Min-SE: 90\r\n"
        + "Allow: INVITE,ACK,CANCEL,BYE,OPTIONS,UPDATE,PRACK\r\n"
        + "P-Asserted-Identity: \"ACME Corp\" <sip:+12125550123@carrier.example.com>, <tel:+12125550123>\r\n"
        + "Content-Type: application/sdp\r\n"
        + "Content-Length: 133\r\n"
        + "\r\n"
        + "v=0\r\no=- 1 1 IN IP4 203.0.113.20\r\ns=-\r\nc=IN IP4 203.0.113.20\r\nt=0 0\r\n"
        + "m=audio 20000 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n";

    public const string Minimal =
        "OPTIONS sip:edge SIP/2.0\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\r\n"
        + "From: <sip:a>;tag=1\r\nTo: <sip:b>\r\n"
        + "Call-ID: c\r\nCSeq: 1 OPTIONS\r\n\r\n";

    public const string Ringing =
        "SIP/2.0 180 Ringing\r\nVia: SIP/2.0/TCP edge;branch=z9hG4bK9, SIP/2.0/UDP a;branch=z9hG4bK1\r\n"
        + "From: <sip:a>;tag=1\r\nTo: <sip:b>;tag=2\r\nCall-ID: c\r\nCSeq: 1 INVITE\r\n"
        + "Content-Length: 0\r\n\r\n";

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static SipRequest Request(string text) => Assert.IsType<SipRequest>(Parse(text));

    public static SipResponse Response(string text) => Assert.IsType<SipResponse>(Parse(text));

    /// <summary>The minimal request with one more header line.</summary>
    public static string With(string line) => Minimal.Replace("Call-ID", $"{line}\r\nCall-ID");

    public static SipParseError Refuse(string text, SipFraming framing = SipFraming.Datagram)
    {
        Assert.False(SipParser.TryParse(Bytes(text), framing, out _, out var error));
        return error;
    }

    private static SipMessage Parse(string text)
    {
        var isParsed = SipParser.TryParse(Bytes(text), SipFraming.Datagram, out var message, out var error);
        Assert.True(isParsed, error.ToString());
        return message!;
    }
}
