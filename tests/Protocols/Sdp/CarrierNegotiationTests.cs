using System.Net;
using Farspan.Audio;

namespace Farspan.Sdp.Tests;

public sealed class CarrierNegotiationTests
{
    private static readonly LocalMedia Local = new(IPAddress.Parse("198.51.100.5"), 40000, 40001, 77);
    private static readonly byte[] Keys =
        [.. Enumerable.Range(1, CarrierNegotiation.FreshKeyBytes).Select(i => (byte)i)];
    private static readonly byte[] OtherKeys = [.. Keys.Select(value => (byte)(value + 100))];

    private readonly CarrierNegotiation _plain = new(new CarrierMediaSettings(), Local);

    [Fact]
    public void OurPreference_WinsOverTheCarriersOrder()
    {
        var answer = Answer(_plain, CarrierOffers.Plain);

        Assert.Equal(["0", "101"], answer.Media[0].Formats.ToArray());
        Assert.Equal(AudioCodec.Pcmu, _plain.Audio!.Codec);
        Assert.Equal(new TelephoneEventFormat(101, 101, 8000), _plain.Audio.TelephoneEvent);
        Assert.Equal("192.0.2.1:30000", _plain.Audio.RemoteRtp.ToString());
        Assert.Equal("192.0.2.1:30001", _plain.Audio.RemoteRtcp.ToString());
        Assert.False(_plain.Audio.IsEncrypted);
        Assert.Contains("c=IN IP4 198.51.100.5", SdpWriter.Write(answer), StringComparison.Ordinal);
    }

    [Fact]
    public void ADynamicPayloadType_MeansWhatItsRtpmapSays()
    {
        Answer(_plain, "m=audio 30000 RTP/AVP 0 96\na=rtpmap:0 speex/8000\na=rtpmap:96 pcmu/8000\n");

        Assert.Equal((AudioCodec.Pcmu, 96), (_plain.Audio!.Codec, _plain.Audio.PayloadType));
        Assert.Null(_plain.Audio.TelephoneEvent);
    }

    [Theory]
    [InlineData(AudioCodec.Opus, 96, 100, 48000, 20)]
    [InlineData(AudioCodec.G722, 9, 101, 8000, 30)]
    [InlineData(AudioCodec.Pcmu, 0, 101, 8000, 30)]
    public void Events_RunOnTheClockOfTheCodec(
        AudioCodec codec, int payloadType, int events, int clockRateHz, int milliseconds)
    {
        var negotiation = new CarrierNegotiation(new CarrierMediaSettings { Codecs = [codec] }, Local);
        Answer(negotiation, CarrierOffers.Wideband);

        Assert.Equal(payloadType, negotiation.Audio!.PayloadType);
        Assert.Equal(new TelephoneEventFormat(events, events, clockRateHz), negotiation.Audio.TelephoneEvent);
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), negotiation.Audio.PacketTime);
    }

    [Theory]
    [InlineData("a=ptime:5", 10)]
    [InlineData("a=ptime:25", 20)]
    [InlineData("a=ptime:120", 60)]
    [InlineData("a=ptime:40\na=maxptime:30", 30)]
    [InlineData("a=maxptime:10", 10)]
    [InlineData("", 20)]
    public void PacketTime_IsTheCarriersWishWithinBounds(string attributes, int milliseconds)
    {
        Answer(_plain, $"m=audio 30000 RTP/AVP 0\n{attributes}\n");

        Assert.Equal(milliseconds, _plain.Audio!.PacketTime.TotalMilliseconds);
    }

    [Fact]
    public void ComfortNoise_IsAgreedOnlyForNarrowbandCodecs()
    {
        var settings = new CarrierMediaSettings { Codecs = [AudioCodec.Pcmu], ComfortNoise = true };
        var narrow = new CarrierNegotiation(settings, Local);
        Answer(narrow, CarrierOffers.Wideband);
        var wide = new CarrierNegotiation(settings with { Codecs = [AudioCodec.Opus] }, Local);
        Answer(wide, CarrierOffers.Wideband);

        Assert.Equal(13, narrow.Audio!.ComfortNoisePayloadType);
        Assert.Null(wide.Audio!.ComfortNoisePayloadType);
    }

    [Theory]
    [InlineData("m=audio 0 RTP/AVP 0", NegotiationFailure.NoAudio)]
    [InlineData("m=video 5 RTP/AVP 96", NegotiationFailure.NoAudio)]
    [InlineData("m=audio 5 RTP/AVP 18", NegotiationFailure.NoCommonCodec)]
    [InlineData("m=audio 5 UDP/TLS/RTP/SAVPF 0", NegotiationFailure.UnsupportedTransport)]
    [InlineData("m=audio 5 RTP/SAVP 0", NegotiationFailure.NoUsableCrypto)]
    [InlineData("m=audio 5 RTP/AVP 0\nc=IN IP4 media.example.com", NegotiationFailure.UnusableAddress)]
    public void WhatCannotBeAgreed_IsAnOutcomeAndChangesNothing(string media, NegotiationFailure failure)
    {
        Answer(_plain, CarrierOffers.Plain);
        var before = _plain.Current;

        var offer = SdpText.ParseMedia(media + "\n");
        Assert.Equal(failure, _plain.Answer(offer, Direction.SendReceive, Keys, out var answer));
        Assert.Null(answer);
        Assert.Same(before, _plain.Current);
    }

    [Fact]
    public void OtherMediaLines_AreRefusedInPlace()
    {
        var answer = Answer(
            _plain, "m=image 6000 udptl t38\n" + CarrierOffers.Plain + "m=video 6002 RTP/AVP 96\na=mid:v\n");

        Assert.Equal(["image", "audio", "video"], answer.Media.Select(media => media.Media));
        Assert.Equal([0, 40000, 0], answer.Media.Select(media => media.Port));
        Assert.Equal("udptl", answer.Media[0].Protocol);
    }

    [Theory]
    [InlineData("sendrecv", Direction.SendReceive)]
    [InlineData("sendonly", Direction.ReceiveOnly)]
    [InlineData("recvonly", Direction.SendOnly)]
    [InlineData("inactive", Direction.Inactive)]
    public void Hold_IsMirrored(string offered, Direction answered)
    {
        var answer = Answer(_plain, CarrierOffers.Plain + $"a={offered}\n");

        Assert.Equal(answered, answer.Media[0].Direction);
        Assert.Equal(answered, _plain.Audio!.Direction);
        Assert.Equal(!answered.Sends(), _plain.Audio.IsHeldByPeer);
    }

    [Fact]
    public void Hold_InTheWayOfRfc2543_StopsOurSending()
    {
        const string head = "v=0\no=- 1 2 IN IP4 192.0.2.1\ns=-\nt=0 0\n";
        Answer(_plain, "c=IN IP4 0.0.0.0\n" + CarrierOffers.Plain, head);

        Assert.Equal(Direction.ReceiveOnly, _plain.Audio!.Direction);
        Assert.True(_plain.Audio.IsHeldByPeer);
    }

    [Fact]
    public void RtcpMux_IsAgreedOnlyIfBothWantIt()
    {
        Answer(_plain, CarrierOffers.Plain + "a=rtcp-mux\n");
        var without = new CarrierNegotiation(new CarrierMediaSettings { RtcpMux = false }, Local);
        Answer(without, CarrierOffers.Plain + "a=rtcp-mux\na=rtcp:30555 IN IP4 192.0.2.9\n");

        Assert.True(_plain.Audio!.IsRtcpMultiplexed);
        Assert.Equal(_plain.Audio.RemoteRtp, _plain.Audio.RemoteRtcp);
        Assert.False(without.Audio!.IsRtcpMultiplexed);
        Assert.Equal("192.0.2.9:30555", without.Audio.RemoteRtcp.ToString());
    }

    [Fact]
    public void Gcm_IsPreferredOfTheCryptoLines()
    {
        var answer = Answer(_plain, CarrierOffers.SecureGcm);

        var crypto = Assert.Single(answer.Media[0].Cryptos);
        Assert.Equal((7, CryptoSuite.AeadAes128Gcm), (crypto.Tag, crypto.Suite));
        Assert.Equal(Keys[..28], _plain.Audio!.LocalCrypto!.KeyAndSalt.Reveal());
        Assert.Equal(
            Convert.FromBase64String(CarrierOffers.KeyGcm), _plain.Audio.RemoteCrypto!.KeyAndSalt.Reveal());
    }

    [Fact]
    public void ACryptoLineWithAMasterKeyIdentifier_IsPassedOver()
    {
        Answer(_plain, CarrierOffers.Secure);

        Assert.Equal(2, _plain.Audio!.RemoteCrypto!.Tag);
        Assert.Equal("RTP/SAVP", _plain.Current!.Local.Media[0].Protocol);
    }

    [Theory]
    [InlineData("UNENCRYPTED_SRTP")]
    [InlineData("KDR=1")]
    [InlineData("WSH=64 FEC_ORDER=FEC_SRTP")]
    public void ACryptoLineThatChangesHowPacketsAreMade_IsPassedOver(string parameters) =>
        Assert.Equal(NegotiationFailure.NoUsableCrypto, _plain.Answer(
            SdpText.ParseMedia(
                "m=audio 5 RTP/SAVP 0\na=crypto:1 AES_CM_128_HMAC_SHA1_80 "
                + $"inline:{CarrierOffers.Key80} {parameters}\n"),
            Direction.SendReceive, Keys, out _));

    [Theory]
    [InlineData(SrtpPolicy.Forbid, CarrierOffers.SecureGcm, NegotiationFailure.EncryptionForbidden)]
    [InlineData(SrtpPolicy.Require, CarrierOffers.Plain, NegotiationFailure.EncryptionRequired)]
    [InlineData(SrtpPolicy.Forbid, CarrierOffers.SecureGcm + CarrierOffers.Plain, NegotiationFailure.None)]
    [InlineData(SrtpPolicy.Require, CarrierOffers.Plain + CarrierOffers.SecureGcm, NegotiationFailure.None)]
    public void ThePolicyOfTheTrunk_Decides(SrtpPolicy policy, string media, NegotiationFailure failure)
    {
        var negotiation = new CarrierNegotiation(new CarrierMediaSettings { Srtp = policy }, Local);

        var offer = SdpText.ParseMedia(media);
        Assert.Equal(failure, negotiation.Answer(offer, Direction.SendReceive, Keys, out var answer));
        Assert.Equal(
            policy == SrtpPolicy.Require && answer is not null, negotiation.Audio?.IsEncrypted ?? false);
    }

    [Fact] // RFC 8643 §3
    public void KeysInAPlainOffer_AreTakenAsAnInvitation()
    {
        Answer(_plain, CarrierOffers.SecureGcm.Replace("RTP/SAVP", "RTP/AVP", StringComparison.Ordinal));

        Assert.True(_plain.Audio!.IsEncrypted);
        Assert.Equal("RTP/AVP", _plain.Current!.Local.Media[0].Protocol);
    }

    [Fact]
    public void OurOwnOffer_IsAgreedWithTheAnswer()
    {
        var settings = new CarrierMediaSettings
        {
            Codecs = [AudioCodec.Opus, AudioCodec.Pcma],
            ComfortNoise = true,
        };
        var ours = new CarrierNegotiation(settings, Local);
        var offer = ours.Offer(Direction.SendReceive, Keys);

        Assert.Equal(["111", "8", "110", "101", "13"], offer.Media[0].Formats.ToArray());
        Assert.Equal(NegotiationFailure.None, ours.Accept(SdpText.ParseMedia(
            "m=audio 6000 RTP/AVP 98 99\na=rtpmap:98 OPUS/48000/2\n"
            + "a=rtpmap:99 telephone-event/48000\na=sendonly\n")));
        Assert.Equal((98, 111), (ours.Audio!.PayloadType, ours.Audio.ReceivePayloadType));
        Assert.Equal(new TelephoneEventFormat(99, 110, 48000), ours.Audio.TelephoneEvent);
        Assert.Equal(Direction.ReceiveOnly, ours.Audio.Direction);
    }

    [Fact]
    public void OurSecureOffer_HasALineForEachSuite_AndTheAnswerPicksOne()
    {
        var settings = new CarrierMediaSettings { Srtp = SrtpPolicy.Require };
        var ours = new CarrierNegotiation(settings, Local);
        var theirs = new CarrierNegotiation(settings, Local with { SessionId = 5 });
        var offer = SdpText.Parse(SdpWriter.Write(ours.Offer(Direction.SendReceive, Keys)));

        Assert.Equal(
            NegotiationFailure.None, theirs.Answer(offer, Direction.SendReceive, OtherKeys, out var answer));
        Assert.Equal(NegotiationFailure.None, ours.Accept(answer!));
        Assert.Equal(2, offer.Media[0].Cryptos.Length);
        Assert.Equal(OtherKeys[..28], ours.Audio!.RemoteCrypto!.KeyAndSalt.Reveal());
        Assert.Equal(
            ours.Audio.LocalCrypto!.KeyAndSalt.Reveal(), theirs.Audio!.RemoteCrypto!.KeyAndSalt.Reveal());
    }

    [Theory]
    [InlineData("m=audio 0 RTP/AVP 0\n", NegotiationFailure.NoAudio)]
    [InlineData("m=audio 6 RTP/AVP 18\n", NegotiationFailure.NoCommonCodec)]
    [InlineData("m=audio 6 RTP/AVP 0\nm=audio 8 RTP/AVP 0\n", NegotiationFailure.MalformedAnswer)]
    [InlineData(
        "m=audio 6 RTP/AVP 0\na=crypto:9 AEAD_AES_128_GCM inline:" + CarrierOffers.KeyGcm + "\n",
        NegotiationFailure.MalformedAnswer)]
    public void AnAnswerThatDoesNotFit_LeavesNothingOpen(string media, NegotiationFailure failure)
    {
        _plain.Offer(Direction.SendReceive, Keys);

        Assert.Equal(failure, _plain.Accept(SdpText.ParseMedia(media)));
        Assert.False(_plain.IsOfferPending);
        Assert.Null(_plain.Audio);
    }

    [Fact]
    public void AnOfferDuringOurs_IsGlare()
    {
        _plain.Offer(Direction.SendReceive, Keys);

        Assert.Equal(
            NegotiationFailure.OfferPending,
            _plain.Answer(SdpText.ParseMedia(CarrierOffers.Plain), Direction.SendReceive, Keys, out _));
    }

    [Fact]
    public void TheVersion_GrowsByOneWithEachChange_AndOnlyThen()
    {
        var first = Answer(_plain, CarrierOffers.Plain);
        var same = Answer(_plain, CarrierOffers.Plain);
        var hold = Answer(_plain, CarrierOffers.Plain + "a=sendonly\n");
        var offer = _plain.Offer(Direction.SendReceive, Keys);
        _plain.AbandonOffer();
        var next = _plain.Offer(Direction.Inactive, Keys);

        SessionDescription[] all = [first, same, hold, offer, next];
        Assert.Equal([1UL, 1, 2, 3, 4], all.Select(one => one.Origin.SessionVersion));
        Assert.All([same, hold, offer, next], one => Assert.Equal("77", one.Origin.SessionId));
    }

    [Fact]
    public void AReoffer_KeepsMediaLinesAndPayloadTypes()
    {
        var negotiation = new CarrierNegotiation(
            new CarrierMediaSettings { Codecs = [AudioCodec.Pcmu, AudioCodec.Opus] }, Local);
        Answer(negotiation, "m=video 7 RTP/AVP 96\n" + CarrierOffers.Wideband);
        var offer = negotiation.Offer(Direction.SendOnly, Keys);

        Assert.Equal([0, 40000], offer.Media.Select(media => media.Port));
        Assert.Equal(["0", "96", "101", "100"], offer.Media[1].Formats.ToArray());
        Assert.Equal(Direction.SendOnly, offer.Media[1].Direction);
    }

    [Fact]
    public void ASuiteInUse_KeepsItsKey()
    {
        Answer(_plain, CarrierOffers.SecureGcm);
        var offer = _plain.Offer(Direction.SendReceive, OtherKeys);

        Assert.Equal(Keys[..28], offer.Media[0].Cryptos[0].KeyAndSalt.Reveal());
        Assert.Equal(OtherKeys[..30], offer.Media[0].Cryptos[1].KeyAndSalt.Reveal());
    }

    [Fact]
    public void ANodeThatTakesOver_KeepsTheOrigin_JumpsTheVersion_AndUsesAFreshKey()
    {
        Answer(_plain, CarrierOffers.SecureGcm + "a=sendonly\n");
        var exchange = new CarrierExchange(
            SdpText.Parse(SdpWriter.Write(_plain.Current!.Local)),
            SdpText.Parse(SdpWriter.Write(_plain.Current.Remote)),
            _plain.Current.IsLocalOffer);
        var moved = new LocalMedia(IPAddress.Parse("203.0.113.1"), 50000, 50001, 999);

        Assert.True(
            CarrierNegotiation.TryResume(new CarrierMediaSettings(), moved, exchange, 10, out var resumed));
        Assert.True(resumed.Audio!.IsHeldByPeer);
        Assert.Equal(Keys[..28], resumed.Audio.LocalCrypto!.KeyAndSalt.Reveal());

        var offer = resumed.Offer(Direction.SendReceive, OtherKeys);
        Assert.Equal(("77", 12UL), (offer.Origin.SessionId, offer.Origin.SessionVersion));
        Assert.Equal("203.0.113.1", offer.Connection!.Address);
        Assert.Equal(OtherKeys[..28], offer.Media[0].Cryptos[0].KeyAndSalt.Reveal());
        Assert.Equal("RTP/SAVP", offer.Media[0].Protocol);
    }

    private static SessionDescription Answer(
        CarrierNegotiation negotiation, string media, string head = SdpText.Head)
    {
        var offer = SdpText.Parse(head + media);
        Assert.Equal(
            NegotiationFailure.None, negotiation.Answer(offer, Direction.SendReceive, Keys, out var answer));
        return SdpText.Parse(SdpWriter.Write(answer!));
    }
}
