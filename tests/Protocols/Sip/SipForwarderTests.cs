using System.Text;

namespace Farspan.Sip.Tests;

public class SipForwarderTests
{
    private readonly SipHeaderIndex _index = new();
    private readonly byte[] _destination = new byte[4096];

    [Fact] // RFC 3261 §16.6
    public void ForwardedRequest_HasOurViaOneHopLessAndWhatWeChange()
    {
        var forwarded = Forward(Samples.Invite, new SipForwardEdits
        {
            Via = "SIP/2.0/TCP edge:5060;branch=z9hG4bKours"u8,
            RequestUri = "sip:connector"u8,
            RecordRoute = "<sip:edge;lr>"u8,
            ReceivedAddress = "198.51.100.200"u8,
            ReceivedPort = 5099,
        });

        var expected = Samples.Invite
            .Replace(
                "INVITE sip:+18005550100@edge.example.net:5060;user=phone SIP/2.0\r\n",
                "INVITE sip:connector SIP/2.0\r\nVia: SIP/2.0/TCP edge:5060;branch=z9hG4bKours\r\n"
                + "Max-Forwards: 67\r\nRecord-Route: <sip:edge;lr>\r\n")
            .Replace("e4;rport\r\n", "e4;received=198.51.100.200;rport=5099\r\n")
            .Replace("Max-Forwards: 68\r\n", "");
        Assert.Equal(expected, forwarded);
    }

    [Fact]
    public void ForwardedRequest_IsOtherwiseUntouched()
    {
        var request = "OPTIONS sip:b SIP/2.0\r\nv: SIP/2.0/UDP a;branch=z9hG4bK1\r\n"
            + "f: <sip:a>;tag=1\r\nTo : <sip:b>\r\n"
            + "i: c\r\nCSeq: 1 OPTIONS\r\nSubject: a\r\n folded\r\n\r\nbody";

        Assert.Equal(
            "OPTIONS sip:b SIP/2.0\r\nVia: SIP/2.0/UDP e\r\nMax-Forwards: 69\r\n"
            + "v: SIP/2.0/UDP a;branch=z9hG4bK1\r\n"
            + "f: <sip:a>;tag=1\r\nTo : <sip:b>\r\ni: c\r\nCSeq: 1 OPTIONS\r\nSubject: a\r\n folded\r\n"
            + "Content-Length: 4\r\n\r\nbody",
            Forward(request, new SipForwardEdits { Via = "SIP/2.0/UDP e"u8 }));
    }

    [Theory] // RFC 3261 §16.4
    [InlineData("Route: <sip:us;lr>\r\nRoute: <sip:next;lr>", "Route: <sip:next;lr>")]
    [InlineData("Route: <sip:us;lr>, <sip:next;lr>", "Route: <sip:next;lr>")]
    [InlineData("Route: \"a,b\" <sip:us?x=,>, <sip:next;lr>", "Route: <sip:next;lr>")]
    public void OurRoute_IsRemoved(string before, string after)
    {
        var edits = new SipForwardEdits { Via = "SIP/2.0/UDP e"u8, RemovesTopRoute = true };

        var forwarded = Samples.Request(Forward(Samples.With(before), edits));

        Assert.Equal([after["Route: ".Length..]], forwarded.RouteSet.Select(route => route.ToString()));
    }

    [Fact]
    public void ViaThatSharesItsLine_GetsTheSourceAndItsNeighbourNothing()
    {
        var request = Samples.Minimal.Replace(
            "SIP/2.0/UDP a;branch=z9hG4bK1",
            "SIP/2.0/UDP a ;received=9.9.9.9;rport;branch=z9hG4bK1 , SIP/2.0/TCP below;rport");

        var forwarded = Samples.Request(Forward(request, new SipForwardEdits
        {
            Via = "SIP/2.0/UDP e"u8, ReceivedAddress = "1.2.3.4"u8, ReceivedPort = 5,
        }));

        Assert.Equal(
            [
                "SIP/2.0/UDP e",
                "SIP/2.0/UDP a;branch=z9hG4bK1;received=1.2.3.4;rport=5",
                "SIP/2.0/TCP below;rport",
            ],
            forwarded.Vias.Select(via => via.ToString()));
    }

    [Theory] // RFC 3261 §16.7
    [InlineData("Via: SIP/2.0/TCP edge;branch=z9hG4bK9, SIP/2.0/UDP a;branch=z9hG4bK1")]
    [InlineData("Via: SIP/2.0/TCP edge;branch=z9hG4bK9\r\nv: SIP/2.0/UDP a;branch=z9hG4bK1")]
    public void ForwardedResponse_LosesTheTopVia(string vias)
    {
        var text = Samples.Ringing.Replace(
            "Via: SIP/2.0/TCP edge;branch=z9hG4bK9, SIP/2.0/UDP a;branch=z9hG4bK1", vias);
        Assert.True(_index.TryParse(Samples.Bytes(text), SipFraming.Datagram, out var view, out _));

        Assert.True(SipForwarder.TryForwardResponse(view, _destination, out var length));

        var forwarded = Samples.Response(Encoding.UTF8.GetString(_destination, 0, length));
        Assert.Equal("z9hG4bK1", Assert.Single(forwarded.Vias).Branch);
        Assert.Equal((180, "Ringing", "2"), (forwarded.StatusCode, forwarded.ReasonPhrase, forwarded.To.Tag));
    }

    [Fact]
    public void ResponseWithNoOtherVia_GoesNowhere()
    {
        var text = Samples.Ringing.Replace(", SIP/2.0/UDP a;branch=z9hG4bK1", "");
        Assert.True(_index.TryParse(Samples.Bytes(text), SipFraming.Datagram, out var view, out _));

        Assert.False(SipForwarder.TryForwardResponse(view, _destination, out _));
    }

    [Fact]
    public void DestinationThatIsTooSmall_IsSaid()
    {
        var edits = new SipForwardEdits { Via = "SIP/2.0/UDP e"u8 };
        var whole = Forward(Samples.Invite, edits).Length;
        Assert.True(_index.TryParse(Samples.Bytes(Samples.Invite), SipFraming.Datagram, out var view, out _));

        for (var room = 0; room < whole; room++)
        {
            Assert.False(SipForwarder.TryForwardRequest(view, edits, _destination.AsSpan(0, room), out _));
        }

        Assert.True(SipForwarder.TryForwardRequest(view, edits, _destination.AsSpan(0, whole), out _));
    }

    [Fact]
    public void ParsingAndForwarding_AllocatesNothing()
    {
        var message = Samples.Bytes(Samples.Invite);
        for (var i = 0; i < 3; i++)
        {
            ForwardOnce(message);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            ForwardOnce(message);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void ParsedMessage_StaysSmall()
    {
        var message = Samples.Bytes(Samples.Invite);
        SipParser.TryParse(message, SipFraming.Datagram, out _, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        SipParser.TryParse(message, SipFraming.Datagram, out var parsed, out _);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(allocated, message.Length, 2_048);
        GC.KeepAlive(parsed);
    }

    private void ForwardOnce(byte[] message)
    {
        var edits = new SipForwardEdits
        {
            Via = "SIP/2.0/TCP edge;branch=z9hG4bKx"u8,
            ReceivedAddress = "1.2.3.4"u8,
            ReceivedPort = 5,
        };
        if (!_index.TryParse(message, SipFraming.Datagram, out var view, out _)
            || !SipForwarder.TryForwardRequest(view, edits, _destination, out _))
        {
            throw new InvalidOperationException("the sample was refused");
        }
    }

    private string Forward(string text, SipForwardEdits edits)
    {
        var isParsed = _index.TryParse(Samples.Bytes(text), SipFraming.Datagram, out var view, out var error);
        Assert.True(isParsed, error.ToString());
        Assert.True(SipForwarder.TryForwardRequest(view, edits, _destination, out var length));
        return Encoding.UTF8.GetString(_destination, 0, length);
    }
}
