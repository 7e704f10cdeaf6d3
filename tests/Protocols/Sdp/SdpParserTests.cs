using System.Text;
using CsCheck;
using Farspan.Kernel;

namespace Farspan.Sdp.Tests;

public sealed class SdpParserTests
{
    // RFC 8866 §5, the example of the whole syntax.
    private const string Rfc8866Example = """
        v=0
        o=jdoe 3724394400 3724394405 IN IP4 198.51.100.1
        s=Call to John Smith
        i=SDP Offer #1
        u=http://www.jdoe.example.com/home.html
        e=Jane Doe <jane@jdoe.example.com>
        p=+1 617 555-6011
        c=IN IP4 198.51.100.1
        t=0 0
        m=audio 49170 RTP/AVP 0
        m=audio 49180 RTP/AVP 0
        m=video 51372 RTP/AVP 99
        c=IN IP6 2001:db8::2
        a=rtpmap:99 h263-1998/90000
        """;

    [Fact]
    public void TheExampleOfRfc8866_IsReadCompletely()
    {
        var session = SdpText.Parse(Rfc8866Example);

        Assert.Equal("jdoe", session.Origin.UserName);
        Assert.Equal("3724394400", session.Origin.SessionId);
        Assert.Equal(3724394405UL, session.Origin.SessionVersion);
        Assert.Equal("Call to John Smith", session.Name);
        Assert.Equal([49170, 49180, 51372], session.Media.Select(media => media.Port));
        Assert.Equal("198.51.100.1", session.ConnectionOf(session.Media[1])!.Address);
        Assert.True(session.ConnectionOf(session.Media[2])!.IsIPv6);
        Assert.Equal(new RtpMap(99, "h263-1998", 90000), session.Media[2].FindRtpMap("99"));
        Assert.Equal("PCMU", session.Media[0].FindRtpMap("0")!.Encoding);
    }

    [Theory]
    [InlineData("", SdpParseFault.MissingOrigin, 0)]
    [InlineData("v=0\ns=-", SdpParseFault.MissingOrigin, 0)]
    [InlineData("o=- 1 1 IN IP4 192.0.2.1", SdpParseFault.UnsupportedVersion, 1)]
    [InlineData("v=1", SdpParseFault.UnsupportedVersion, 1)]
    [InlineData("v=0\no=- 1 x IN IP4 192.0.2.1", SdpParseFault.MalformedOrigin, 2)]
    [InlineData("v=0\no=- 1 1 IN IP5 192.0.2.1", SdpParseFault.MalformedOrigin, 2)]
    [InlineData("v=0\no=- 1 1 IN IP4 h\nc=IN IP4", SdpParseFault.MalformedConnection, 3)]
    [InlineData("v=0\no=- 1 1 IN IP4 h\nb=AS:-1", SdpParseFault.MalformedBandwidth, 3)]
    [InlineData("v=0\no=- 1 1 IN IP4 h\nm=audio 70000 RTP/AVP 0", SdpParseFault.MalformedMedia, 3)]
    [InlineData("v=0\no=- 1 1 IN IP4 h\nm=audio 1 RTP/AVP", SdpParseFault.MalformedMedia, 3)]
    [InlineData("v=0\no=- 1 1 IN IP4 h\nq=1", SdpParseFault.UnknownLineType, 3)]
    [InlineData("v=0\no=- 1 1 IN IP4 h\na", SdpParseFault.MalformedLine, 3)]
    [InlineData("v=0\no=- 1 1 IN IP4 h\na=x\ry", SdpParseFault.MalformedLine, 3)]
    public void ABrokenSkeleton_IsRefusedWithItsLine(string text, SdpParseFault fault, int line) =>
        Assert.Equal(new SdpParseError(fault, line), SdpText.Fail(text));

    [Fact]
    public void EveryLimit_IsEnforced()
    {
        Assert.Equal(
            SdpParseFault.TooLarge, SdpText.Fail(new string('x', SdpLimits.MaxDescriptionBytes + 1)).Fault);
        Assert.Equal(SdpParseFault.TooLarge, SdpText.Fail(SdpText.Head + "a=" + new string('x', 5000)).Fault);
        Assert.Equal(
            SdpParseFault.TooLarge, SdpText.Fail(SdpText.Head + Repeat("m=audio 0 RTP/AVP 0\n", 33)).Fault);
        Assert.Equal(SdpParseFault.TooLarge, SdpText.Fail(SdpText.Head + Repeat("a=x\n", 257)).Fault);
        Assert.Equal(SdpParseFault.TooLarge, SdpText.Fail(SdpText.Head + Repeat("t=0 0\n", 2100)).Fault);
        Assert.Equal(
            SdpParseFault.MalformedMedia,
            SdpText.Fail(SdpText.Head + "m=audio 1 RTP/AVP" + Repeat(" 0", 129)).Fault);
    }

    [Fact]
    public void AnAttributeThatCannotBeUnderstood_IsKeptWithoutEffect()
    {
        var media = SdpText.ParseMedia(
            "m=audio 5000 RTP/AVP 0\na=ptime:x\na=rtpmap:200 PCMU/8000\n"
            + "a=candidate:1 1\na=crypto:1 X inline:y\n").Media[0];

        Assert.Null(media.PacketTime);
        Assert.Empty(media.RtpMaps);
        Assert.Empty(media.Candidates);
        Assert.Empty(media.Cryptos);
        Assert.Equal(
            ["ptime", "rtpmap", "candidate", "crypto"], media.OtherAttributes.Select(other => other.Name));
    }

    [Fact]
    public void MediaLevelValues_WinOverTheSession()
    {
        var session = SdpText.Parse(SdpText.Head
            + "a=sendonly\na=ice-ufrag:sess\na=ice-pwd:p\na=setup:actpass\n"
            + "m=audio 1 RTP/AVP 0\na=recvonly\na=ice-ufrag:media\nm=audio 2 RTP/AVP 0\n");

        Assert.Equal(Direction.ReceiveOnly, session.DirectionOf(session.Media[0]));
        Assert.Equal(Direction.SendOnly, session.DirectionOf(session.Media[1]));
        Assert.Equal("media", session.TransportOf(session.Media[0]).IceUfrag);
        Assert.Equal(SetupRole.ActivePassive, session.TransportOf(session.Media[0]).Setup);
        Assert.Equal("sess", session.TransportOf(session.Media[1]).IceUfrag);
    }

    [Fact]
    public void ABrowsersOffer_IsReadAndWrittenWithoutLoss()
    {
        var session = SdpText.Parse(BrowserOffer.Text);
        var audio = session.Media[0];

        Assert.Equal(["63", "111", "9", "0", "8", "13", "110", "126"], audio.Formats.ToArray());
        Assert.Equal(new RtpMap(111, "opus", 48000, 2), audio.FindRtpMap("111"));
        Assert.True(audio.FindParameters(111)!.TryGetParameter("UseInbandFec", out var fec) && fec is "1");
        Assert.Equal(["0", "1"], session.Groups[0].Mids.ToArray());
        Assert.Equal(9, audio.RtcpPort);
        Assert.True(audio.RtcpMux);
        Assert.Equal(1001u, audio.Ssrcs[0].Ssrc);
        Assert.True(session.TransportOf(audio).Fingerprints[0].IsSha256);

        var candidate = audio.Candidates[1];
        Assert.Equal(IceCandidateType.Relayed, candidate.Type);
        Assert.Equal("192.0.2.7", candidate.RelatedAddress);
        Assert.Equal(50001, candidate.RelatedPort);
        Assert.Equal("generation 0", candidate.Extensions);
        Assert.False(audio.Candidates[0].TryGetAddress(out _));
        Assert.True(candidate.TryGetAddress(out var address));
        Assert.Equal("203.0.113.9:3478", address.ToString());

        static IEnumerable<string> Sorted(string text) =>
            text.ReplaceLineEndings("\n").Trim().Split('\n').Order();
        Assert.Equal(Sorted(BrowserOffer.Text), Sorted(SdpWriter.Write(session)));
    }

    [Fact]
    public void Writing_IsAFixedPointOfParsing()
    {
        var once = SdpWriter.Write(SdpText.Parse(BrowserOffer.Text));

        Assert.Equal(once, SdpWriter.Write(SdpText.Parse(once)));
    }

    [Fact]
    public void ArbitraryBytes_GiveADescriptionOrAFault() =>
        Gen.Byte.Array[0, 300].Sample(bytes => HasOneOutcome(bytes));

    [Fact]
    public void MutatedDescriptions_GiveADescriptionOrAFault()
    {
        var pool = Encoding.UTF8.GetBytes(BrowserOffer.Text + CarrierOffers.Everything);
        var places = Gen.Int[0, pool.Length - 1];
        Gen.Select(places, Gen.Byte, places).Array[1, 20].Sample(edits =>
        {
            var bytes = pool.ToArray();
            foreach (var (position, value, source) in edits)
            {
                bytes[position] = value % 3 == 0 ? pool[source] : value;
            }

            return HasOneOutcome(bytes);
        });
    }

    [Fact]
    public void ArbitraryAttributeValues_NeverThrow()
    {
        string[] names =
            [
                "rtpmap", "fmtp", "candidate", "crypto", "fingerprint", "ssrc", "group", "ptime", "rtcp",
                "setup", "mid",
            ];
        var values = Gen.OneOf(Gen.String[0, 40], Gen.String[Gen.Char["0123456789 :/|=-AFinlie"], 0, 60]);
        Gen.Select(Gen.Int[0, names.Length - 1], values).Sample((name, value) =>
        {
            var text = SdpText.Head + $"m=audio 1 RTP/AVP 0\na={names[name]}:{value}\n";
            return HasOneOutcome(Encoding.UTF8.GetBytes(text));
        });
    }

    [Fact]
    public void AKey_IsNotPrintedByAccident()
    {
        var media = SdpText.ParseMedia(CarrierOffers.Secure).Media[0];

        Assert.DoesNotContain(CarrierOffers.Key80, $"{media} {media.Cryptos[0]}", StringComparison.Ordinal);
        var written = SdpWriter.Write(SdpText.ParseMedia(CarrierOffers.Secure));
        Assert.Contains(CarrierOffers.Key80, written, StringComparison.Ordinal);
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static bool HasOneOutcome(byte[] bytes)
    {
        if (!SdpParser.TryParse(bytes, out var session, out var error))
        {
            return error.Fault != SdpParseFault.None;
        }

        // What was understood is also written, read again and negotiated without an exception.
        Assert.True(
            SdpParser.TryParse(SdpWriter.WriteBytes(session), out var again, out error), error.ToString());
        Assert.Equal(SdpWriter.Write(session), SdpWriter.Write(again));
        var carrier = new CarrierNegotiation(
            new CarrierMediaSettings(), new LocalMedia(System.Net.IPAddress.Loopback, 4000, 4001, 1));
        carrier.Answer(session, Direction.SendReceive, new byte[CarrierNegotiation.FreshKeyBytes], out _);
        carrier.Offer(Direction.SendReceive, new byte[CarrierNegotiation.FreshKeyBytes]);
        carrier.Accept(session);
        carrier.Offer(Direction.Inactive, new byte[CarrierNegotiation.FreshKeyBytes]);
        RemoteTransport.TryRead(session, out _, out _);
        return true;
    }
}
