using CsCheck;
using Farspan.Audio;
using Farspan.Kernel;
using Farspan.Rtp;
using Farspan.Sdp;
using Farspan.Srtp;

namespace Farspan.Media.Tests;

public sealed class RelaySessionTests
{
    [Theory]
    [InlineData(AudioCodec.Pcmu)]
    [InlineData(AudioCodec.Pcma)]
    [InlineData(AudioCodec.G722)]
    [InlineData(AudioCodec.Opus)]
    public void BothSides_HearEachOther(AudioCodec codec)
    {
        var call = new RelayedCall(codec).Begin();
        call.Run(5);

        Assert.Contains(RelayedCall.FirstTone, call.Phone.Tones.Heard);
        Assert.Contains(RelayedCall.PhoneTone, call.First.Tones.Heard);
        Assert.Empty(call.Events);
    }

    [Fact] // RFC 3550 §5.1
    public void TheCarrier_HearsOneStreamWithoutAGapInItsNumbers_WhenAnotherConnectorTakesOver()
    {
        var call = new RelayedCall().Begin();
        call.Run(3);
        call.First.Speaks = false;
        call.Run(0.6);
        var second = call.AddConnector();
        call.TurnTo(second);
        call.Run(4);

        var heard = call.Phone.Received;
        Assert.Single(heard.Select(header => header.Ssrc).Distinct());
        Assert.All(heard.Zip(heard.Skip(1)), pair => Assert.Equal(
            (ushort)(pair.First.SequenceNumber + 1), pair.Second.SequenceNumber));
        Assert.All(heard.Zip(heard.Skip(1)), pair => Assert.InRange(
            pair.Second.Timestamp - pair.First.Timestamp, 80u, 220u * 8));
        Assert.Contains(RelayedCall.SecondTone, call.Phone.Tones.Heard);
        Assert.Contains(RelayedCall.PhoneTone, second.Tones.Heard);
    }

    [Fact]
    public void WithoutTheConnector_ComfortAudioComesAfter200Milliseconds_AndSilenceIsToldAfter400()
    {
        var call = new RelayedCall().Begin();
        call.Run(1);
        call.First.Speaks = false;
        call.Run(0.1);
        var before = call.Phone.Received.Count;
        call.Run(0.09);
        Assert.InRange(call.Phone.Received.Count - before, 0, 1);
        call.Run(0.15);
        Assert.True(call.Phone.Received.Count - before >= 4);
        Assert.Empty(call.Events);
        call.Run(0.2);
        Assert.IsType<MediaEvent.InnerSilent>(Assert.Single(call.Events));

        call.First.Speaks = true;
        call.Run(0.1);
        Assert.IsType<MediaEvent.InnerHeard>(call.Events[^1]);
    }

    [Fact]
    public void TheConnectorBefore_IsNotHeardAnyMore_AndHearsNothing()
    {
        var call = new RelayedCall().Begin();
        call.Run(1);
        call.TurnTo(call.AddConnector());
        call.Run(0.2);
        call.Phone.Tones.Forget();
        var packets = call.First.Received.Count;
        call.Run(4);

        Assert.DoesNotContain(RelayedCall.FirstTone, call.Phone.Tones.Heard);
        Assert.Contains(RelayedCall.SecondTone, call.Phone.Tones.Heard);
        Assert.Equal(packets, call.First.Received.Count);
    }

    [Fact] // RFC 4733 §2.3
    public void Digits_PassUnderTheNumberOfTheOtherSide()
    {
        var call = new RelayedCall().Begin();
        call.Do(() => call.Relay.ConfigureInner(
            call.AudioWith(call.First) with { TelephoneEvent = new TelephoneEventFormat(96, 96, 8_000) },
            isNewPeer: false, call.Network.Now));
        call.Run(0.5);
        call.Phone.Press('5', 101);
        call.Run(0.2);

        Assert.Equal(7, call.First.Received.Count(header => header.PayloadType == 96));
        Assert.Single(
            call.First.Received.Where(header => header.PayloadType == 96).Select(h => h.Timestamp).Distinct());
    }

    [Fact] // RFC 4568
    public void TheSidesHaveKeysOfTheirOwn()
    {
        var call = new RelayedCall().Begin();
        var (ours, theirs) = (Crypto(1), Crypto(2));
        call.Do(() => call.Relay.ConfigureCarrier(
            call.AudioWith(call.Phone) with { LocalCrypto = ours, RemoteCrypto = theirs },
            call.Network.Now));
        call.Phone.Protection = new SrtpSender(Key(theirs));
        call.Phone.Verification = new SrtpReceiver(Key(ours));
        call.Phone.Tones.Forget();
        call.Run(5);

        Assert.Contains(RelayedCall.FirstTone, call.Phone.Tones.Heard);
        Assert.Contains(RelayedCall.PhoneTone, call.First.Tones.Heard);
    }

    [Fact] // RFC 7362
    public void ACarrierBehindNat_IsLearnedInTheWindow_AndNobodyAfterIt()
    {
        var call = new RelayedCall();
        call.Phone.Move(BridgedCall.Address(9, 9_000));
        call.Do(() => call.Relay.ConfigureCarrier(
            call.AudioWith(call.Phone) with { RemoteRtp = BridgedCall.Address(1, 4_000) }, call.Network.Now));
        call.Do(() => call.Relay.ConfigureInner(call.AudioWith(call.First), true, call.Network.Now));
        call.Do(() => call.Relay.Bridge(true, call.Network.Now));
        call.Run(4);
        Assert.Contains(RelayedCall.FirstTone, call.Phone.Tones.Heard);

        call.Run(8);
        call.Phone.Speaks = false;
        var stranger = new Phone(
            call.Network, BridgedCall.Address(66, 6_666), RelayedCall.CarrierRtp, tone: 3) { Ssrc = 5 };
        call.First.Tones.Forget();
        call.Run(4);
        Assert.DoesNotContain(3, call.First.Tones.Heard);
        Assert.Empty(stranger.Received);
    }

    [Fact]
    public void HeldByTheCarrier_NothingGoesThereAndNoComfortEither()
    {
        var call = new RelayedCall().Begin();
        call.Run(1);
        call.Do(() => call.Relay.ConfigureCarrier(
            call.AudioWith(call.Phone) with { Direction = Direction.ReceiveOnly }, call.Network.Now));
        call.Do(() => call.Relay.ConfigureInner(
            call.AudioWith(call.First) with { Direction = Direction.SendOnly }, false, call.Network.Now));
        call.First.Speaks = false;
        call.Run(0.1);
        var packets = call.Phone.Received.Count;
        call.Run(2);

        Assert.Equal(packets, call.Phone.Received.Count);
        Assert.Empty(call.Events);
        Assert.True(call.First.Received.Count > 100);
    }

    [Fact]
    public void AFencedRelay_SaysNothingMore_NotEvenGoodbye()
    {
        var call = new RelayedCall().Begin();
        call.Run(1);
        call.Do(() => call.Relay.Fence());
        call.Run(0.1);
        var packets = (call.Phone.Received.Count, call.First.Received.Count, call.Phone.Reports.Count);
        call.Run(10);
        call.Do(() => call.Relay.Close(call.Network.Now, call.Sink));
        call.Run(1);

        Assert.Equal(packets, (call.Phone.Received.Count, call.First.Received.Count, call.Phone.Reports.Count));
    }

    [Fact]
    public void AfterAStall_NothingIsSentUntilSomebodySaysThatItMayBe()
    {
        var call = new RelayedCall(AudioCodec.Pcmu, new RelaySettings { HushesAfterStall = true }).Begin();
        call.Run(1);
        var later = call.Network.Now + TimeSpan.FromSeconds(2);
        var packets = call.Phone.Received.Count;
        call.Do(() => call.Relay.Tick(later, call.Sink));
        Assert.IsType<MediaEvent.Stalled>(Assert.Single(call.Events));
        call.Run(0.3);
        Assert.InRange(call.Phone.Received.Count - packets, 0, 1);

        call.Do(() => call.Relay.Hush(false));
        call.Run(0.3);
        Assert.True(call.Phone.Received.Count - packets > 10);
    }

    [Fact] // RFC 3550 §6
    public void BothSides_GetReports()
    {
        var call = new RelayedCall();
        var reports = 0;
        call.Network.Drops = (from, to, datagram) =>
        {
            var isOurs = from.Port is 20_001 or 22_001 && to.Port is 4_001 or 5_001;
            reports += isOurs && RtcpMux.IsRtcp(datagram) ? 1 : 0;
            return false;
        };
        call.Begin();
        call.Run(20);

        Assert.InRange(reports, 4, 20);
    }

    [Fact]
    public void APacket_AllocatesNothing()
    {
        var call = new RelayedCall().Begin();
        call.Run(1);
        call.Sink.IsBlackHole = true;
        var packet = new byte[172];
        var copy = new byte[172];
        long allocated = 0;
        for (var i = 0; i < 1_000; i++)
        {
            new RtpHeader(0, false, (ushort)(60_000 + i), (uint)(160 * i), 0xF1F1F1F1).Encode(packet);
            packet.CopyTo(copy, 0);
            var now = call.Network.Now + TimeSpan.FromMilliseconds(20 * i);
            var before = GC.GetAllocatedBytesForCurrentThread();
            call.Relay.Receive(MediaSocketTags.InnerRtp, call.First.Address, copy, now, call.Sink);
            call.Relay.Tick(now, call.Sink);
            allocated += i < 200 ? 0 : GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void ArbitraryDatagrams_NeverThrow() => Gen.Byte.Array[0, 200].Array[1, 20].Sample(datagrams =>
    {
        var call = new RelayedCall().Begin();
        foreach (var datagram in datagrams)
        {
            for (var tag = 0; tag < 4; tag++)
            {
                var from = tag < 2 ? call.Phone.Address : call.First.Address;
                call.Relay.Receive(tag, from, datagram.ToArray(), call.Network.Now, call.Sink);
            }
        }
    });

    private static CryptoAttribute Crypto(byte seed)
    {
        var key = new byte[30];
        new RandomSource(seed).Fill(key);
        return new CryptoAttribute(1, CryptoSuite.AesCm128HmacSha1Tag80, new Redacted<byte[]>(key));
    }

    private static SrtpMasterKey Key(CryptoAttribute crypto) =>
        new(SrtpProfile.AesCm128HmacSha1Tag80, crypto.KeyAndSalt.Reveal());
}
