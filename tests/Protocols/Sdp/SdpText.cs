using System.Text;
using Farspan.Sdp;

namespace Farspan.Sdp.Tests;

internal static class SdpText
{
    public const string Head = "v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nc=IN IP4 192.0.2.1\nt=0 0\n";

    public static SessionDescription Parse(string text)
    {
        Assert.True(SdpParser.TryParse(text, out var session, out var error), error.ToString());
        return session;
    }

    public static SessionDescription ParseMedia(string media) => Parse(Head + media);

    public static SdpParseError Fail(string text)
    {
        Assert.False(SdpParser.TryParse(Encoding.UTF8.GetBytes(text), out var session, out var error));
        Assert.Null(session);
        return error;
    }
}
