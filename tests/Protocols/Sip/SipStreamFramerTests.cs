using System.Text;
using CsCheck;

namespace Farspan.Sip.Tests;

public class SipStreamFramerTests
{
    private static readonly string _message =
        Samples.Minimal.Replace("\r\n\r\n", "\r\nContent-Length: 5\r\n\r\nhello");

    [Fact]
    public void MessagesAndPings_ComeOutInOrderHoweverTheStreamIsChopped() =>
        Gen.Int[1, 40].List[1, 200].Sample(sizes =>
        {
            var stream = Samples.Bytes($"{_message}\r\n\r\n{_message}\r\n{_message}\r\n\r\n\r\n\r\n");
            var framer = new SipStreamFramer(SipKeepAliveRole.AnswersPings);
            var items = new List<string>();
            for (int start = 0, i = 0; start < stream.Length; i++)
            {
                var size = Math.Min(sizes[i % sizes.Count], stream.Length - start);
                framer.Append(stream.AsSpan(start, size));
                start += size;
                Drain(framer, items);
            }

            Assert.Equal([_message, "Ping", _message, _message, "Ping", "Ping"], items);
            Assert.Equal(0, framer.PendingBytes);
        });

    [Fact] // RFC 5626 §3.5.1: half a ping may still become one.
    public void SingleLineEnd_WaitsWhereAPingMayCome()
    {
        var framer = new SipStreamFramer(SipKeepAliveRole.AnswersPings);
        framer.Append("\r\n"u8);
        Assert.Equal(SipStreamItem.None, framer.Read(out _));

        framer.Append("\r\n"u8);
        Assert.Equal(SipStreamItem.Ping, framer.Read(out _));
    }

    [Fact]
    public void SingleLineEnd_IsThePongToOurPing()
    {
        var framer = new SipStreamFramer(SipKeepAliveRole.SendsPings);
        framer.Append("\r\n"u8);

        Assert.Equal(SipStreamItem.Pong, framer.Read(out _));
        Assert.Equal(SipStreamItem.None, framer.Read(out _));
    }

    [Theory] // RFC 3261 §18.3
    [InlineData("")]
    [InlineData("Content-Length: x\r\n")]
    [InlineData("Content-Length: -1\r\n")]
    [InlineData("Content-Length: 1\r\nl: 2\r\n")]
    [InlineData("Content-Length: 65535\r\n")]
    [InlineData("Content-Length: 99999999999999999999\r\n")]
    public void HeadThatDoesNotTellItsBody_BreaksTheStream(string lines)
    {
        var framer = new SipStreamFramer(SipKeepAliveRole.AnswersPings);
        framer.Append(Samples.Bytes(Samples.Minimal.Replace("Call-ID", lines + "Call-ID")));

        Assert.Equal(SipStreamItem.Broken, framer.Read(out var head));
        Assert.False(SipParser.TryParse(head, SipFraming.Stream, out _, out var error));
        Assert.NotNull(error.Rejection);
        Assert.Equal(SipStreamItem.None, framer.Read(out _));
    }

    [Fact]
    public void EndlessHead_BreaksTheStreamAtTheLimit()
    {
        var framer = new SipStreamFramer(SipKeepAliveRole.AnswersPings);
        var chunk = Samples.Bytes(new string('a', 1000));
        var item = SipStreamItem.None;
        var appended = 0;
        while (item == SipStreamItem.None && appended < 10 * SipLimits.MaxMessageBytes)
        {
            framer.Append(chunk);
            appended += chunk.Length;
            item = framer.Read(out _);
        }

        Assert.Equal(SipStreamItem.Broken, item);
        Assert.InRange(appended, SipLimits.MaxMessageBytes, SipLimits.MaxMessageBytes + 1000);
    }

    [Fact] // A bad line does not lose the frame: the parser can answer and the stream lives on.
    public void MalformedHeaderLine_DoesNotBreakTheStream()
    {
        var framer = new SipStreamFramer(SipKeepAliveRole.AnswersPings);
        framer.Append(Samples.Bytes(_message.Replace("Call-ID", "no colon\r\nCall-ID") + _message));

        Assert.Equal(SipStreamItem.Message, framer.Read(out var bad));
        Assert.False(SipParser.TryParse(bad, SipFraming.Stream, out _, out var error));
        Assert.Equal(SipParseErrorCode.BadHeaderLine, error.Code);
        Assert.Equal(SipStreamItem.Message, framer.Read(out _));
    }

    private static void Drain(SipStreamFramer framer, List<string> items)
    {
        while (framer.Read(out var bytes) is not SipStreamItem.None and var item)
        {
            items.Add(item == SipStreamItem.Message ? Encoding.UTF8.GetString(bytes) : item.ToString());
        }
    }
}
