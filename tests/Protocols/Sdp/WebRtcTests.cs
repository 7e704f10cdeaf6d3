using Farspan.Kernel;

namespace Farspan.Sdp.Tests;

public sealed class WebRtcTests
{
    private static readonly LocalTransport Local = new()
    {
        SessionId = 4242,
        IceUfrag = "0123456789abcdef",
        IcePassword = new Redacted<string>("0123456789abcdef0123456789abcdef"),
        Fingerprint = new Fingerprint("sha-256", new byte[32]),
        Candidates =
        [
            new()
            {
                Foundation = "1",
                Priority = 2130706431,
                Address = "198.51.100.5",
                Port = 40000,
                Type = IceCandidateType.Host,
            },
        ],
        Ssrc = 0xDEADBEEF,
        CanonicalName = "farspan",
    };

    [Fact]
    public void TheOffer_HasTheFormThatTheServiceExpects()
    {
        var text = SdpWriter.Write(WebRtcOffer.Create(Local));

        Assert.StartsWith(
            "v=0\r\no=mozilla-farspan 4242 2 IN IP4 127.0.0.1\r\n", text, StringComparison.Ordinal);
        Assert.Contains("a=group:BUNDLE 0 1\r\n", text, StringComparison.Ordinal);
        Assert.Contains("m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n", text, StringComparison.Ordinal);
        Assert.Contains("a=rtpmap:111 opus/48000/2\r\n", text, StringComparison.Ordinal);
        Assert.Contains("a=fmtp:111 minptime=10;useinbandfec=1\r\n", text, StringComparison.Ordinal);
        Assert.Contains("a=setup:actpass\r\n", text, StringComparison.Ordinal);
        Assert.Contains(
            "a=candidate:1 1 udp 2130706431 198.51.100.5 40000 typ host\r\n", text, StringComparison.Ordinal);
        Assert.Contains("a=ssrc:3735928559 cname:farspan\r\n", text, StringComparison.Ordinal);
        Assert.Contains("m=video 9 UDP/TLS/RTP/SAVPF 96\r\n", text, StringComparison.Ordinal);
        Assert.Equal(Direction.Inactive, SdpText.Parse(text).Media[1].Direction);
    }

    [Fact]
    public void ABrowsersOffer_IsAnsweredWithOpusAlone()
    {
        var offer = SdpText.Parse(BrowserOffer.Text);

        Assert.True(WebRtcAnswer.TryCreate(offer, Local, out var answer, out _));
        answer = SdpText.Parse(SdpWriter.Write(answer));
        Assert.Equal(["111"], answer.Media[0].Formats.ToArray());
        Assert.Equal(SetupRole.Passive, answer.TransportOf(answer.Media[0]).Setup);
        Assert.Equal("0", answer.Media[0].Mid);
        Assert.Equal(["0"], answer.Groups[0].Mids.ToArray());
        Assert.Equal((2, 0), (answer.Media.Length, answer.Media[1].Port));
    }

    [Fact]
    public void TheOpusNumberOfTheOffer_IsKeptInTheAnswer()
    {
        var offer = SdpText.Parse(BrowserOffer.Text.Replace("111", "105", StringComparison.Ordinal));

        Assert.True(WebRtcAnswer.TryCreate(offer, Local, out var answer, out _));
        Assert.Equal(["105"], answer.Media[0].Formats.ToArray());
    }

    [Fact]
    public void AnAnswer_YieldsTheRemoteTransport()
    {
        Assert.True(WebRtcAnswer.TryCreate(SdpText.Parse(BrowserOffer.Text), Local, out var answer, out _));

        Assert.True(RemoteTransport.TryRead(answer, out var remote, out var fault));
        Assert.Equal(WebRtcFault.None, fault);
        Assert.Equal(Local.IceUfrag, remote.IceUfrag);
        Assert.Equal(Local.IcePassword, remote.IcePassword);
        Assert.Equal(Local.Fingerprint, remote.Fingerprint);
        Assert.Equal(SetupRole.Passive, remote.Setup);
        Assert.Equal((111, Local.Ssrc), (remote.OpusPayloadType, remote.Ssrc));
        Assert.Equal(Local.Candidates[0], Assert.Single(remote.Candidates));
    }

    [Theory]
    [InlineData("a=rtcp-mux\n", WebRtcFault.NoRtcpMux)]
    [InlineData("a=ice-ufrag:EsAw\n", WebRtcFault.NoIceCredentials)]
    [InlineData("a=rtpmap:111 opus/48000/2\n", WebRtcFault.NoOpus)]
    public void WhatIsMissing_IsNamed(string line, WebRtcFault fault)
    {
        var text = BrowserOffer.Text.ReplaceLineEndings("\n").Replace(line, "", StringComparison.Ordinal);

        Assert.False(WebRtcAnswer.TryCreate(SdpText.Parse(text), Local, out _, out var found));
        Assert.Equal(fault, found);
    }

    [Theory]
    [InlineData("sha-256 ", "md5 ", WebRtcFault.NoFingerprint)]
    [InlineData("setup:actpass", "setup:passive", WebRtcFault.UnusableSetup)]
    [InlineData("m=audio 9 ", "m=audio 0 ", WebRtcFault.NoAudio)]
    [InlineData("UDP/TLS/RTP/SAVPF", "RTP/AVP", WebRtcFault.UnsupportedTransport)]
    public void WhatIsUnusable_IsNamed(string from, string to, WebRtcFault fault)
    {
        var offer = SdpText.Parse(BrowserOffer.Text.Replace(from, to, StringComparison.Ordinal));

        Assert.False(WebRtcAnswer.TryCreate(offer, Local, out _, out var found));
        Assert.Equal(fault, found);
    }
}
