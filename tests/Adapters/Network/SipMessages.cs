using System.Text;

namespace Farspan.Network.Tests;

/// <summary>Bytes to send in tests of listeners, which do not look into them beyond Content-Length.</summary>
internal static class SipMessages
{
    public static string Options(int number, int bodyLength = 0) =>
        "OPTIONS sip:a@b SIP/2.0\r\n"
        + $"Via: SIP/2.0/TCP c;branch=z9hG4bK{number}\r\n"
        + "From: <sip:c@d>;tag=1\r\nTo: <sip:a@b>\r\n"
        + $"Call-ID: {number}\r\nCSeq: {number} OPTIONS\r\n"
        + $"Content-Length: {bodyLength}\r\n\r\n{new string('x', bodyLength)}";

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
