using System.Text;

namespace Farspan.Bench;

/// <summary>INVITEs as a carrier's session border controller sends them: 950 bytes, SDP included.</summary>
internal static class InviteSample
{
    public const int Bytes = 950;

    /// <summary>One of many different messages of the same length.</summary>
    /// <param name="number">Which.</param>
    /// <param name="sender">The carrier's address and port.</param>
    /// <param name="mediaPort">Where the carrier wants its audio.</param>
    public static byte[] Create(int number, string sender = "192.0.2.10:5060", int mediaPort = 41_872)
    {
        var body = CreateBody(sender.Split(':')[0], mediaPort);
        var head = CreateHead(number, sender, body.Length);
        var padding = Bytes - head.Length - body.Length - "User-Agent: \r\n\r\n".Length;
        var text = $"{head}User-Agent: {new string('s', padding)}\r\n\r\n{body}";
        return Encoding.ASCII.GetBytes(text);
    }

    private static string CreateBody(string address, int port) =>
        $"v=0\r\no=- 1763813641 1763813641 IN IP4 {address}\r\ns=-\r\nc=IN IP4 {address}\r\nt=0 0\r\n"
        + $"m=audio {port} RTP/AVP 0 8 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\n"
        + "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\na=sendrecv\r\n";

    private static string CreateHead(int number, string sender, int bodyBytes) =>
        "INVITE sip:+18005550100@203.0.113.7:5060 SIP/2.0\r\n"
        + $"Via: SIP/2.0/UDP {sender};branch=z9hG4bK-{number:x8}-58a3;rport\r\n"
        + $"From: \"Ann Caller\" <sip:+12125550{number % 1000:d3}@192.0.2.10>;tag=gK0{number:x8}\r\n"
        + "To: <sip:+18005550100@203.0.113.7>\r\n"
        + $"Call-ID: {number:x8}-62ff-1a04@192.0.2.10\r\n"
        + "CSeq: 8712 INVITE\r\nMax-Forwards: 69\r\n"
        + $"Contact: <sip:+12125550123@{sender};transport=udp>\r\n"
        + $"P-Asserted-Identity: <sip:+12125550{number % 1000:d3}@192.0.2.10>\r\n"
        + "Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, INFO\r\n"
        + "Supported: timer, 100rel\r\nSession-Expires: 1800\r\nMin-SE: 90\r\n"
        + $"Content-Type: application/sdp\r\nContent-Length: {bodyBytes}\r\n";
}
