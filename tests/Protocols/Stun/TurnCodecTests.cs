using CsCheck;

namespace Farspan.Stun.Tests;

public sealed class TurnCodecTests
{
    [Theory] // RFC 7065 §3, Appendix A
    [InlineData("turn:example.org", "example.org", 3478, TurnTransport.Udp, false)]
    [InlineData("turns:example.org", "example.org", 5349, TurnTransport.Tcp, true)]
    [InlineData("turn:example.org:8000", "example.org", 8000, TurnTransport.Udp, false)]
    [InlineData("turn:example.org?transport=udp", "example.org", 3478, TurnTransport.Udp, false)]
    [InlineData("turn:example.org:3478?transport=tcp", "example.org", 3478, TurnTransport.Tcp, false)]
    [InlineData("turns:a1.k.chime.aws:443?transport=tcp", "a1.k.chime.aws", 443, TurnTransport.Tcp, true)]
    [InlineData("TURNS:192.0.2.1?transport=udp", "192.0.2.1", 5349, TurnTransport.Udp, true)]
    [InlineData("turn:[2001:db8::1]:3479", "2001:db8::1", 3479, TurnTransport.Udp, false)]
    public void A_TURN_URI_is_read_with_its_defaults(
        string text, string host, int port, TurnTransport transport, bool isSecure)
    {
        Assert.True(TurnUri.TryParse(text, out var uri));
        Assert.Equal(new TurnUri(host, (ushort)port, transport, isSecure), uri);
        Assert.True(TurnUri.TryParse(uri.ToString(), out var again));
        Assert.Equal(uri, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("turn:")]
    [InlineData("stun:example.org")]
    [InlineData("turn:example.org:")]
    [InlineData("turn:example.org:0")]
    [InlineData("turn:example.org:65536")]
    [InlineData("turn:example.org?transport=sctp")]
    [InlineData("turn:example.org?foo=bar")]
    [InlineData("turn://example.org")]
    [InlineData("turn:[2001:db8::1")]
    [InlineData("turn:[example.org]")]
    [InlineData("turn:[::1]x")]
    [InlineData("turn:user@example.org")]
    public void What_is_not_a_TURN_URI_is_refused(string text) => Assert.False(TurnUri.TryParse(text, out _));

    [Fact]
    public void Any_text_gives_a_URI_or_none() =>
        Gen.String.Sample(text => TurnUri.TryParse($"turn:{text}", out var uri) == (uri is not null));

    [Fact] // RFC 8656 §12.5: padded over a stream only.
    public void ChannelData_survives_and_is_padded_only_over_streams() =>
        Gen.Select(Gen.UShort[0x4000, 0x4FFF], Gen.Byte.Array[0, 200], Gen.Bool)
            .Sample((channel, payload, isStream) =>
        {
            var bytes = new byte[300];
            Assert.True(TurnChannelData.TryEncode(channel, payload, isStream, bytes, out var length));
            Assert.Equal(isStream ? (4 + payload.Length + 3) & ~3 : 4 + payload.Length, length);
            Assert.True(
                TurnChannelData.TryDecode(bytes.AsSpan(0, length), out var readChannel, out var read));
            Assert.Equal(channel, readChannel);
            Assert.Equal(payload, read.ToArray());
            Assert.False(
                TurnChannelData.TryEncode(channel, payload, isStream, bytes.AsSpan(0, length - 1), out _));
        });

    [Fact]
    public void Any_bytes_are_ChannelData_or_not() =>
        Gen.Byte.Array[0, 50].Sample(bytes =>
            !TurnChannelData.TryDecode(bytes, out var channel, out var payload)
            || (channel is >= 0x4000 and <= 0x4FFF && payload.Length <= bytes.Length - 4));

    [Fact]
    public void A_stream_cut_anywhere_gives_the_same_frames() =>
        Gen.Select(Gen.Byte.Array[0, 60].Array[1, 8], Gen.Int[1, 50]).Sample((payloads, chunk) =>
        {
            var stream = new List<byte>();
            foreach (var payload in payloads)
            {
                var bytes = new byte[100];
                Assert.True(
                    TurnChannelData.TryEncode(0x4001, payload, isStream: true, bytes, out var length));
                stream.AddRange(bytes[..length]);
                var writer = new StunWriter(bytes, StunClass.Indication, StunMethod.Data, default);
                writer.WriteBytes(StunAttribute.Data, payload);
                Assert.True(writer.TryFinish(out length));
                stream.AddRange(bytes[..length]);
            }

            var read = Feed([.. stream], chunk, out var framer);
            Assert.False(framer.IsCorrupt);
            Assert.Equal(payloads.SelectMany(payload => new[] { payload, payload }), read);
        });

    [Theory]
    [InlineData("80000000")] // RTP
    [InlineData("16030100AA010000")] // TLS
    [InlineData("4000FFFF")] // larger than any media packet
    [InlineData("50000000")] // no channel
    public void A_stream_that_cannot_be_TURN_is_corrupt(string hex)
    {
        Feed(Convert.FromHexString(hex), 4, out var framer);
        Assert.True(framer.IsCorrupt);
    }

    [Fact]
    public void Any_stream_is_cut_without_exception() =>
        Gen.Select(Gen.Byte.Array[0, 400], Gen.Int[1, 50])
            .Sample((bytes, chunk) => Feed(bytes, chunk, out _));

    private static List<byte[]> Feed(byte[] stream, int chunk, out TurnStreamFramer framer)
    {
        framer = new TurnStreamFramer();
        var payloads = new List<byte[]>();
        foreach (var piece in stream.Chunk(chunk))
        {
            piece.CopyTo(framer.Room);
            framer.Advance(piece.Length);
            while (framer.TryTake(out var frame))
            {
                if (TurnChannelData.TryDecode(frame, out _, out var payload)
                    || (StunMessageView.TryDecode(frame, out var stun, out _)
                        && stun.TryGet(StunAttribute.Data, out payload)))
                {
                    payloads.Add(payload.ToArray());
                }
            }
        }

        return payloads;
    }
}
