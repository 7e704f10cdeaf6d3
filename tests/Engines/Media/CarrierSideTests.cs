using Farspan.Calls;
using Farspan.Kernel;
using Farspan.Rtp;
using Farspan.Sdp;
using Farspan.Srtp;

namespace Farspan.Media.Tests;

public sealed class CarrierSideTests
{
    private static readonly TransportAddress Stranger = BridgedCall.Address(66, 6_666);
    private static readonly TransportAddress Moved = BridgedCall.Address(1, 4_444);

    [Fact] // RFC 3264 §8.4
    public void CarrierThatHoldsUs_GetsNothingAndIsHeardNoMore()
    {
        var call = new BridgedCall().Begin();
        call.Run(1);
        call.Configure(call.Audio() with { Direction = Direction.Inactive });
        call.Run(0.5);
        call.FarEnd.Tones.Forget();
        var packets = call.Phone.Received.Count;
        call.Run(2);

        Assert.Equal(packets, call.Phone.Received.Count);
        Assert.All(call.FarEnd.Tones.Levels, level => Assert.True(level < -70));

        call.Configure(call.Audio());
        call.Run(4);
        Assert.Contains(42, call.FarEnd.Tones.Heard);
        Assert.Contains(7, call.Phone.Tones.Heard);
    }

    [Fact]
    public void MusicOnHold_IsHeardByTheContact()
    {
        var call = new BridgedCall().Begin();
        call.Configure(call.Audio() with { Direction = Direction.ReceiveOnly });
        call.Run(0.5);
        var packets = call.Phone.Received.Count;
        call.Run(4);
        Assert.Equal(packets, call.Phone.Received.Count);
        Assert.Contains(42, call.FarEnd.Tones.Heard);
    }

    [Fact]
    public void AfterHold_TheClockHasGoneOnAndTheFirstPacketIsMarked()
    {
        var call = new BridgedCall().Begin();
        call.Run(1);
        call.Configure(call.Audio() with { Direction = Direction.ReceiveOnly });
        call.Run(3);
        var last = call.Phone.Received[^1];
        var count = call.Phone.Received.Count;
        call.Configure(call.Audio());
        call.Run(0.1);
        var next = call.Phone.Received[count];

        Assert.True(next.Marker);
        Assert.Equal((ushort)(last.SequenceNumber + 1), next.SequenceNumber);
        Assert.InRange(next.Timestamp - last.Timestamp, 150u * 160, 152u * 160);
    }

    [Fact]
    public void HoldWithTheUnspecifiedAddress_SendsNothingAnywhere()
    {
        var call = new BridgedCall().Begin();
        call.Run(1);
        var toNowhere = 0;
        call.Network.Drops = (_, to, _) =>
        {
            toNowhere += to.HasAddressOf(TransportAddress.FromIPv4(0, 0)) ? 1 : 0;
            return false;
        };
        var nowhere = TransportAddress.FromIPv4(0, 4_000);
        call.Configure(call.Audio() with
        {
            RemoteRtp = nowhere,
            RemoteRtcp = nowhere.WithPort(4_001),
            Direction = Direction.ReceiveOnly,
        });
        call.Run(10);
        Assert.Equal(0, toNowhere);
    }

    [Fact] // RFC 4961, RFC 7362: the packets' own source counts, not what the description says.
    public void PhoneBehindNat_IsAnsweredWhereItsPacketsComeFrom()
    {
        var call = new BridgedCall();
        var announced = BridgedCall.Address(10, 9_999);
        call.Configure(call.Audio() with { RemoteRtp = announced, RemoteRtcp = announced.WithPort(10_000) });
        call.Join();
        call.Network.RunUntil(() => call.IsConnected);
        call.Open(true);
        call.Run(4);
        Assert.Contains(7, call.Phone.Tones.Heard);
        Assert.Contains(42, call.FarEnd.Tones.Heard);
    }

    [Fact]
    public void Stranger_IsRefusedEvenWithinTheWindowOnceTheCarrierIsKnown()
    {
        var call = new BridgedCall().Begin();
        call.Run(1);
        AssertStrangerIsRefused(call);
    }

    [Fact]
    public void Stranger_IsRefusedAfterTheWindowEvenWithTheRightSource()
    {
        var call = new BridgedCall().Begin();
        call.Run(20);
        AssertStrangerIsRefused(call, call.Phone.Ssrc);
    }

    [Fact]
    public void CarrierThatMoves_IsFollowedWithinTheWindowOnly()
    {
        var call = new BridgedCall().Begin();
        call.Run(20);
        call.Phone.Move(Moved);
        call.Run(1);
        call.FarEnd.Tones.Forget();
        call.Run(3);
        Assert.Empty(call.FarEnd.Tones.Heard);

        // The description repeats the old address, as behind NAT: the window opens again.
        call.Configure(call.Audio() with { RemoteRtp = BridgedCall.Address(1, 4_000) });
        call.Run(4);
        Assert.Contains(42, call.FarEnd.Tones.Heard);
        Assert.Contains(7, call.Phone.Tones.Heard);
    }

    [Fact]
    public void NewAddressInTheDescription_IsUsedAtOnce()
    {
        var call = new BridgedCall().Begin();
        call.Run(20);
        call.Phone.Speaks = false;
        call.Phone.Move(Moved);
        call.Configure(call.Audio());
        call.Run(4);
        Assert.Contains(7, call.Phone.Tones.Heard);
    }

    [Fact] // RFC 4568
    public void SdesCall_IsEncryptedBothWays()
    {
        var call = new BridgedCall();
        var (ours, theirs) = (Key(1), Key(2));
        Secure(call, ours, theirs);
        call.Configure(call.Audio() with { LocalCrypto = ours, RemoteCrypto = theirs });
        call.Join();
        call.Network.RunUntil(() => call.IsConnected);
        call.Open(true);
        call.Run(4);
        Assert.Contains(42, call.FarEnd.Tones.Heard);
        Assert.Contains(7, call.Phone.Tones.Heard);
    }

    [Fact]
    public void EncryptedCall_LearnsNoSourceFromForgedPackets()
    {
        var call = new BridgedCall();
        var (ours, theirs) = (Key(1), Key(2));
        Secure(call, ours, theirs);
        call.Configure(call.Audio() with { LocalCrypto = ours, RemoteCrypto = theirs });
        var toStranger = CountTo(call, Stranger);
        for (var i = 0; i < 50; i++)
        {
            SendAs(call, Stranger, 0x666);
        }

        call.Run(2);
        Assert.Equal(0, toStranger());
        Assert.True(call.Bridge.Report().Carrier.PacketsRefused >= 50);
    }

    [Fact]
    public void NewKeys_AreTakenUpWithoutAGap()
    {
        var call = new BridgedCall();
        var (ours, theirs) = (Key(1), Key(2));
        Secure(call, ours, theirs);
        call.Configure(call.Audio() with { LocalCrypto = ours, RemoteCrypto = theirs });
        call.Join();
        call.Network.RunUntil(() => call.IsConnected);
        call.Open(true);
        call.Run(1);

        // The carrier goes on under its old key for a while.
        var (nextOurs, nextTheirs) = (Key(3), Key(4));
        call.Configure(call.Audio() with { LocalCrypto = nextOurs, RemoteCrypto = nextTheirs });
        call.Phone.Verification = new SrtpReceiver(ToMaster(nextOurs));
        call.Run(0.2);
        Assert.Equal(0, call.Bridge.Report().Carrier.PacketsRefused);
        call.Phone.Protection = new SrtpSender(ToMaster(nextTheirs));
        call.Run(4);
        Assert.Equal(0, call.Bridge.Report().Carrier.PacketsRefused);
        Assert.Contains(42, call.FarEnd.Tones.Heard);
        Assert.Contains(7, call.Phone.Tones.Heard);
        Assert.InRange(call.Bridge.Report().Carrier.FramesConcealed, 0, 2);
    }

    [Fact] // RFC 3711 §9.1: a key that is kept must not begin to count anew.
    public void SameKeysAgain_GoOnWhereTheyWere()
    {
        var call = new BridgedCall();
        var (ours, theirs) = (Key(1), Key(2));
        Secure(call, ours, theirs);
        var audio = call.Audio() with { LocalCrypto = ours, RemoteCrypto = theirs };
        call.Configure(audio);
        call.Run(1);
        call.Configure(audio with { LocalCrypto = ours with { Tag = 5 } });
        var before = call.Phone.Received.Count;
        call.Run(1);
        Assert.Equal(50, call.Phone.Received.Count - before);
    }

    [Fact] // RFC 4733
    public void Digits_ComeOnceEachThoughTheirPacketsRepeat()
    {
        var call = new BridgedCall().Begin();
        call.Network.Duplication = 0.5;
        foreach (var digit in "159#")
        {
            call.Phone.Speaks = false;
            call.Phone.Press(digit, 101);
            call.Run(0.1);
            call.Phone.Speaks = true;
            call.Run(0.3);
        }

        Assert.Equal("159#", call.Digits);
        Assert.All(
            call.Events.OfType<MediaEvent.DigitDetected>(),
            digit => Assert.Equal(DigitSource.TelephoneEvent, digit.Source));
    }

    [Fact]
    public void AudioBesideAnEvent_IsNotHeard()
    {
        var call = new BridgedCall().Begin();
        call.Run(1);
        Span<byte> payload = stackalloc byte[TelephoneEvent.Bytes];
        for (var i = 1; i <= 50; i++)
        {
            new TelephoneEvent(5, IsEnd: false, 10, (ushort)(160 * i)).Encode(payload);
            call.Phone.Send(101, payload, 8_000, marker: i == 1);
            call.Run(0.02);
            if (i == 15)
            {
                call.FarEnd.Tones.Forget();
            }
        }

        Assert.Equal("5", call.Digits);
        Assert.All(call.FarEnd.Tones.Levels, level => Assert.True(level < -70));
    }

    [Fact]
    public void TonesInTheAudio_AreHeardIfTheSettingSaysSo()
    {
        Assert.Equal("42", PressInBand(new MediaSettings { DetectsInBandDigits = true }));
        Assert.Equal("", PressInBand(new MediaSettings()));
    }

    [Fact] // RFC 3550 §6.4, §6.6
    public void Reports_GoToTheCarriersRtcpPortAndEndWithGoodbye()
    {
        var call = new BridgedCall().Begin();
        var reports = new List<byte[]>();
        call.Network.Listen(call.Audio().RemoteRtcp, (from, report) =>
        {
            Assert.Equal(BridgedCall.CarrierRtcp, from);
            reports.Add(report);
        });
        call.Run(20);
        Assert.InRange(reports.Count, 2, 9);
        Assert.Equal(200, reports[0][1]);
        call.Close();
        call.Run(0.1);
        Assert.True(RtcpCompoundReader.TryDecode(reports[^1], false, out var reader, out _));
        var types = new List<RtcpPacketType>();
        while (reader.TryReadNext(out var packet))
        {
            types.Add(packet.PacketType);
        }

        Assert.Equal(RtcpPacketType.Goodbye, types[^1]);
    }

    [Fact]
    public void MultiplexedReports_GoToTheRtpPort()
    {
        var call = new BridgedCall();
        call.Configure(call.Audio() with { IsRtcpMultiplexed = true, RemoteRtcp = call.Phone.Address });
        call.Run(20);
        Assert.InRange(call.Phone.Reports.Count, 2, 9);
    }

    [Fact]
    public void RoundTrip_IsMeasuredFromTheFarEndsReports()
    {
        var call = new BridgedCall().Begin();
        call.Run(30);
        var contact = call.Bridge.Report().Contact;
        Assert.NotNull(contact.RoundTripMs);
        Assert.InRange(contact.RoundTripMs.Value, 9, 31);
    }

    private static string PressInBand(MediaSettings settings)
    {
        var call = new BridgedCall(settings).Begin();
        call.Phone.Speaks = false;
        var duration = TimeSpan.FromMilliseconds(100);
        var generator = new Audio.DtmfGenerator(8_000, duration, duration);
        generator.TryEnqueue('4');
        generator.TryEnqueue('2');
        var pcm = new short[160];
        var payload = new byte[160];
        for (var i = 0; i < 30; i++)
        {
            generator.Generate(pcm);
            Audio.G711.EncodeMuLaw(pcm, payload);
            call.Phone.Send(0, payload, (uint)(16_000 + (160 * i)));
            call.Run(0.02);
        }

        call.Run(0.5);
        return call.Digits;
    }

    private static void AssertStrangerIsRefused(BridgedCall call, uint ssrc = 0x666)
    {
        var toStranger = CountTo(call, Stranger);
        var before = call.Bridge.Report().Carrier.PacketsRefused;
        for (var i = 0; i < 50; i++)
        {
            SendAs(call, Stranger, ssrc);
        }

        call.FarEnd.Tones.Forget();
        call.Run(3);
        Assert.Equal(0, toStranger());
        Assert.Equal(50, call.Bridge.Report().Carrier.PacketsRefused - before);
        Assert.Contains(42, call.FarEnd.Tones.Heard);
    }

    private static void SendAs(BridgedCall call, TransportAddress from, uint ssrc)
    {
        var packet = new byte[172];
        new RtpHeader(0, false, 1, 160, ssrc).Encode(packet);
        call.Network.Send(from, BridgedCall.CarrierRtp, packet);
    }

    private static Func<int> CountTo(BridgedCall call, TransportAddress address)
    {
        var count = 0;
        call.Network.Drops = (_, to, _) =>
        {
            count += to == address ? 1 : 0;
            return false;
        };
        return () => count;
    }

    private static CryptoAttribute Key(byte seed)
    {
        var key = new byte[CryptoSuite.AeadAes128Gcm.GetKeyAndSaltBytes()];
        new RandomSource(seed).Fill(key);
        return new CryptoAttribute(1, CryptoSuite.AeadAes128Gcm, new Redacted<byte[]>(key));
    }

    private static SrtpMasterKey ToMaster(CryptoAttribute crypto) =>
        new(SrtpProfile.AeadAes128Gcm, crypto.KeyAndSalt.Reveal());

    private static void Secure(BridgedCall call, CryptoAttribute ours, CryptoAttribute theirs)
    {
        call.Phone.Verification = new SrtpReceiver(ToMaster(ours));
        call.Phone.Protection = new SrtpSender(ToMaster(theirs));
    }
}
