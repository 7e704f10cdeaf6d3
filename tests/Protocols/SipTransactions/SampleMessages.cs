using System.Text;

namespace Farspan.Sip.Tests;

/// <summary>Messages for tests, written as they go over the wire.</summary>
internal static class SampleMessages
{
    public const string Branch = "z9hG4bK776asdhds";

    public static SipRequest Request(
        string method,
        string branch = Branch,
        string? toTag = null,
        string viaParameters = "",
        string transport = "UDP",
        string extra = "",
        int cseq = 314159) =>
        ParseRequest(RequestText(method, branch, toTag, viaParameters, transport, extra, cseq));

    public static string RequestText(
        string method,
        string branch = Branch,
        string? toTag = null,
        string viaParameters = "",
        string transport = "UDP",
        string extra = "",
        int cseq = 314159) => $"""
        {method} sip:bob@biloxi.example.com SIP/2.0
        Via: SIP/2.0/{transport} pc33.atlanta.example.com:5070;branch={branch}{viaParameters}
        Max-Forwards: 70
        To: Bob <sip:bob@biloxi.example.com>{(toTag is null ? "" : ";tag=" + toTag)}
        From: Alice <sip:alice@atlanta.example.com>;tag=1928301774
        Call-ID: a84b4c76e66710@pc33.atlanta.example.com
        CSeq: {cseq} {method}
        Contact: <sip:alice@pc33.atlanta.example.com>
        {extra}Content-Length: 0


        """.ReplaceLineEndings("\r\n");

    /// <summary>A response to a sample request, as the peer would send it.</summary>
    public static SipResponse Response(
        SipRequest request, int status, string toTag = "314159", string extra = "") =>
        (SipResponse)Parse(ResponseText(request, status, toTag, extra));

    public static string ResponseText(
        SipRequest request, int status, string toTag = "314159", string extra = "") => $"""
        SIP/2.0 {status} Whatever
        Via: {request.TopVia}
        To: {request.To.WithTag(toTag)}
        From: {request.From}
        Call-ID: {request.CallId}
        CSeq: {request.CSeq}
        Contact: <sip:bob@192.0.2.4>
        {extra}Content-Length: 0


        """.ReplaceLineEndings("\r\n");

    public static SipRequest ParseRequest(string text) => (SipRequest)Parse(text);

    public static SipMessage Parse(string text)
    {
        Assert.True(
            SipParser.TryParse(
                Encoding.UTF8.GetBytes(text), SipFraming.Datagram, out var message, out var error),
            error.ToString());
        return message;
    }
}
