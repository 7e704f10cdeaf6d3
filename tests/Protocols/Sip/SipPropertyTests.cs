using CsCheck;

namespace Farspan.Sip.Tests;

/// <summary>Hostile input: any bytes give a message or an error; what we write we read back.</summary>
public class SipPropertyTests
{
    private static readonly byte[][] _seeds =
        [Samples.Bytes(Samples.Invite), Samples.Bytes(Samples.Minimal), Samples.Bytes(Samples.Ringing)];

    private static readonly byte[][] _fragments = Array.ConvertAll(
        [
            "\r\n", "\r\n ", ",", ";", "\"", "<", ">", "\\", "%", "%41", ":", "@", "[", "]", "=", "?",
            "\0", " ", "ÿ", "9999999999", "Via: ", "To: ", "l: 5\r\n", "Contact: *", "SIP/2.0", ";tag=",
            ";branch=",
        ],
        Samples.Bytes);

    private static readonly Gen<string> _text =
        Gen.Char[' ', '\u00ff'].Array[0, 20].Select(letters => new string(letters));

    private static readonly Gen<(int At, int Cut, int Fragment)> _mutation =
        Gen.Select(Gen.Int[0, 2000], Gen.Int[0, 60], Gen.Int[0, _fragments.Length - 1]);

    [Fact]
    public void ArbitraryBytes_GiveAMessageOrAnError() =>
        Gen.Byte.Array[0, 400].Sample(bytes => ReadEverything(bytes), iter: 20_000);

    [Fact]
    public void MutatedMessages_GiveAMessageOrAnError() =>
        Gen.Select(Gen.Int[0, _seeds.Length - 1], _mutation.Array[1, 6]).Sample(
            (seed, mutations) => ReadEverything(Mutate(_seeds[seed], mutations)), iter: 30_000);

    [Fact]
    public void AnyUserHostAndParameter_RoundTripsThroughAUri() =>
        Gen.Select(_text, _text, Gen.Int[1, 65_535]).Sample((user, value, port) =>
        {
            var uri = new SipUri(user, "host.example", port).WithParameter("p", value);

            Assert.True(SipUri.TryParse(uri.ToString(), out var again), uri.ToString());
            Assert.Equal(user, again.UnescapedUser ?? "");
            Assert.Equal(uri, again);
            Assert.Equal(uri.ToString(), again.ToString());
        });

    [Fact]
    public void AnyDisplayNameAndParameter_RoundTripsThroughAnAddress() =>
        Gen.Select(_text, _text).Sample((name, value) =>
        {
            var address = new NameAddress(new SipUri("u", "h"), name).WithParameter("p", value).WithTag("t");

            Assert.True(NameAddress.TryParse(address.ToString(), out var again), address.ToString());
            Assert.Equal(name.Length == 0 ? null : name, again.DisplayName);
            Assert.Equal(value, again.Parameters.GetText("p"));
            Assert.Equal("t", again.Tag);
        });

    [Fact]
    public void AnyRequest_IsReadAsItWasWritten() =>
        Gen.Select(_text, _text, Gen.UInt, Gen.Byte.Array[0, 300], Gen.Int[0, 3]).Sample(values =>
        {
            var (name, subject, number, body, routes) = values;
            var builder = new SipRequestBuilder(SipMethod.Invite, new SipUri(name, "h"))
            {
                From = new NameAddress(new SipUri("a", "b"), name).WithTag("t"),
                To = new NameAddress(new SipUri(null, "h")),
                CallId = "call",
                CSeqNumber = number,
            };
            var request = builder
                .AddVia(new Via("UDP", "h", 5060, "z9hG4bK1"))
                .AddHeader("Subject", subject)
                .AddRoutes(Enumerable.Repeat(new NameAddress(new SipUri(null, "r")), routes))
                .WithBody("application/x", body)
                .Build();
            Assert.True(SipParser.TryParse(request.Bytes.Span, SipFraming.Stream, out var again, out _));

            Assert.Equal(name, request.RequestUri.UnescapedUser ?? "");
            Assert.Equal(Clean(name), again.From.DisplayName ?? "");
            Assert.Equal(Clean(subject).Trim(' ', '\t'), again.GetHeader(SipHeader.Subject));
            Assert.Equal(new CSeq(number, SipMethod.Invite), again.CSeq);
            Assert.Equal(body, again.Body.ToArray());
            Assert.Equal(routes, again.RouteSet.Count);
        });

    /// <summary>Controls leave as spaces. DEL is the only one in the generated texts.</summary>
    private static string Clean(string text) => text.Replace('\u007f', ' ');

    private static byte[] Mutate(byte[] seed, (int At, int Cut, int Fragment)[] mutations)
    {
        List<byte> bytes = [.. seed];
        foreach (var (at, cut, fragment) in mutations)
        {
            var start = at % (bytes.Count + 1);
            bytes.RemoveRange(start, Math.Min(cut % 7, bytes.Count - start));
            bytes.InsertRange(start, _fragments[fragment]);
        }

        return [.. bytes];
    }

    private static void ReadEverything(byte[] bytes)
    {
        foreach (var framing in (SipFraming[])[SipFraming.Datagram, SipFraming.Stream])
        {
            var index = new SipHeaderIndex();
            var isParsed = SipParser.TryParse(bytes, framing, out var message, out var error);
            Assert.Equal(isParsed, index.TryParse(bytes, framing, out var view, out _));
            Assert.Equal(isParsed, error.Code == SipParseErrorCode.None);
            if (isParsed)
            {
                ReadMessage(message!);
                ForwardAndReread(view);
            }
            else
            {
                Assert.NotEmpty(error.ReasonPhrase);
                error.Rejection?.WriteResponse("tag");
            }
        }

        SipUri.TryParse(bytes, out _);
        Via.TryParse(bytes, out _);
        NameAddress.TryParse(bytes, out _);
        Frame(bytes);
    }

    private static void ReadMessage(SipMessage message)
    {
        Assert.NotNull($"{message.From}{message.To}{message.CSeq}{message.CallId}{message.TopVia.Received}");
        Assert.NotEmpty(message.Vias);
        Assert.NotNull($"{message.Contact}{message.RouteSet.Count}{message.RecordRoutes.Count}");
        Assert.NotNull($"{message.Reason}{message.SessionExpires}");
        Assert.NotNull($"{message.MinSe}{message.RetryAfter}{message.ContentType}{message.Supported.Count}");
        foreach (var line in message.HeaderLines)
        {
            Assert.False(line.Value.AsSpan().ContainsAny('\r', '\n'));
            message.GetHeaders(line.Name);
        }

        if (message is SipRequest request)
        {
            Assert.NotNull(request.RequestUri.ToString());
            var response = SipResponseBuilder.For(request, 200).WithToTag("t").Build();
            Assert.Equal(request.CallId, response.CallId);
            Assert.Equal(request.Vias.Count, response.Vias.Count);
        }
    }

    private static void ForwardAndReread(SipMessageView view)
    {
        var destination = new byte[view.Bytes.Length + 1024];
        int length;
        var edits = new SipForwardEdits
        {
            Via = "SIP/2.0/UDP e;branch=z9hG4bKe"u8,
            ReceivedAddress = "1.2.3.4"u8,
            ReceivedPort = 9,
        };
        var isForwarded = view.IsRequest
            ? SipForwarder.TryForwardRequest(view, edits, destination, out length)
            : SipForwarder.TryForwardResponse(view, destination, out length);
        if (isForwarded)
        {
            var forwarded = destination.AsSpan(0, length);
            Assert.True(SipParser.TryParse(forwarded, SipFraming.Stream, out var again, out _));
            Assert.True(again.View.CallId.SequenceEqual(view.CallId));
            Assert.True(again.Body.Span.SequenceEqual(view.Body));
        }
    }

    private static void Frame(byte[] bytes)
    {
        var framer = new SipStreamFramer(SipKeepAliveRole.AnswersPings);
        framer.Append(bytes);
        var reads = 0;
        while (framer.Read(out _) != SipStreamItem.None)
        {
            Assert.True(++reads <= bytes.Length);
        }
    }
}
