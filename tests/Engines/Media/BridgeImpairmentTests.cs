using Farspan.Audio;

namespace Farspan.Media.Tests;

/// <summary>What a network may do to packets, and what a call must survive.</summary>
public sealed class BridgeImpairmentTests
{
    [Fact]
    public void FivePercentLossBothWays_LeavesTheTonesIntact()
    {
        var call = new BridgedCall().Begin();
        call.Network.Loss = 0.05;
        call.Run(10);

        Assert.True(call.FarEnd.Tones.Heard.Count(code => code == 42) >= 5);
        Assert.True(call.Phone.Tones.Heard.Count(code => code == 7) >= 5);
        var report = call.Bridge.Report();
        Assert.InRange(report.Carrier.PacketsLost, 5, 60);
        Assert.InRange(report.Carrier.FramesConcealed, 5, 80);
        Assert.InRange(report.Contact.FramesConcealed, 5, 80);
    }

    [Fact]
    public void ReorderedAndDoubledPackets_PlayInOrderAndOnce()
    {
        var call = new BridgedCall().Begin();
        call.Network.Impairs = to => to != call.Phone.Address;
        call.Network.MaxJitter = TimeSpan.FromMilliseconds(30);
        call.Network.Duplication = 0.2;
        call.Run(10);

        Assert.True(call.FarEnd.Tones.Heard.Count(code => code == 42) >= 6);
        Assert.True(call.Phone.Tones.Heard.Count(code => code == 7) >= 6);
        Assert.DoesNotContain(call.FarEnd.Tones.Heard, code => code != 42);
        Assert.DoesNotContain(call.Phone.Tones.Heard, code => code != 7);
    }

    [Fact]
    public void ContactStream_IsAPacketATickWithoutGaps()
    {
        var call = new BridgedCall().Begin();
        var before = call.Bridge.Report().Contact.PacketsSent;
        call.Run(10);
        Assert.Equal(500, call.Bridge.Report().Contact.PacketsSent - before);
    }

    [Fact] // Chime takes a pause for the end.
    public void QuietPhone_DoesNotInterruptTheStreamToTheContact()
    {
        var call = new BridgedCall().Begin();
        call.Run(1);
        call.Phone.Speaks = false;
        call.Run(1);
        call.FarEnd.Tones.Forget();
        var before = call.Bridge.Report().Contact.PacketsSent;
        call.Run(5);

        Assert.Equal(250, call.Bridge.Report().Contact.PacketsSent - before);
        Assert.All(call.FarEnd.Tones.Levels, level => Assert.True(level < -70));
    }

    [Fact]
    public void BeforeTheBridgeOpens_EachSideGetsSilence()
    {
        var call = new BridgedCall();
        call.Configure(call.Audio());
        call.Join();
        call.Network.RunUntil(() => call.IsConnected && call.FarEnd.IsConnected);
        call.Run(3);
        Assert.Empty(call.FarEnd.Tones.Heard);
        Assert.Empty(call.Phone.Tones.Heard);
        Assert.All(call.FarEnd.Tones.Levels, level => Assert.True(level < -70));
        Assert.All(call.Phone.Tones.Levels, level => Assert.True(level < -60));

        call.Open(true);
        call.Run(4);
        Assert.Contains(42, call.FarEnd.Tones.Heard);
        Assert.Contains(7, call.Phone.Tones.Heard);
    }

    [Fact]
    public void SilentContact_GivesTheCarrierComfortNoise()
    {
        var call = new BridgedCall().Begin();
        call.FarEnd.Speaks = false;
        call.Run(1);
        call.Phone.Tones.Forget();
        call.Run(2);
        Assert.Equal(100, call.Phone.Tones.Levels.Count);
        Assert.All(call.Phone.Tones.Levels, level => Assert.InRange(level, -90, -60));
    }

    [Fact] // RFC 3550 §8: a source may change, as when a gateway behind the carrier takes over.
    public void CarriersNewSource_IsFollowed()
    {
        var call = new BridgedCall().Begin();
        call.Run(2);
        call.Phone.Ssrc = 0x5EC0DD;
        call.Run(1);
        call.FarEnd.Tones.Forget();
        call.Run(3);
        Assert.Contains(42, call.FarEnd.Tones.Heard);
    }

    [Fact] // RFC 3389: noise at the level named, until audio goes on.
    public void ComfortNoise_IsHeardByTheContact()
    {
        var call = new BridgedCall().Begin();
        call.Run(1);
        call.Phone.Speaks = false;
        call.Phone.Send(13, [50], timestamp: 160 * 60);
        call.Run(1);
        call.FarEnd.Tones.Forget();
        call.Run(1);
        Assert.All(call.FarEnd.Tones.Levels, level => Assert.InRange(level, -53, -47));
    }

    [Fact]
    public void TicksLeftOut_MoveTheTimestampOn()
    {
        var call = new BridgedCall().Begin();
        call.Run(1);
        var last = call.Phone.Received[^1];
        var late = call.Network.Now + TimeSpan.FromMilliseconds(1_000);
        call.Bridge.Tick(late, late, call.Sink);
        call.Network.Run(TimeSpan.FromMilliseconds(6));
        var next = call.Phone.Received[^1];

        Assert.True(next.Marker);
        Assert.Equal((ushort)(last.SequenceNumber + 1), next.SequenceNumber);
        Assert.InRange(next.Timestamp - last.Timestamp, 49u * 160, 52u * 160);
    }

    [Theory]
    [InlineData(AudioCodec.Pcma)]
    [InlineData(AudioCodec.G722)]
    public void CodecChange_KeepsSourceSequenceAndClock(AudioCodec codec)
    {
        var call = new BridgedCall().Begin();
        call.Run(1);
        byte payloadType = codec == AudioCodec.Pcma ? (byte)8 : (byte)9;
        var audio = call.Audio(codec);
        call.Configure(audio with { PayloadType = payloadType, ReceivePayloadType = payloadType });
        call.Run(0.5);

        var received = call.Phone.Received;
        Assert.Single(received.Select(header => header.Ssrc).Distinct());
        Assert.Equal(payloadType, received[^1].PayloadType);
        for (var i = 1; i < received.Count; i++)
        {
            Assert.Equal((ushort)(received[i - 1].SequenceNumber + 1), received[i].SequenceNumber);
            Assert.Equal(received[i - 1].Timestamp + 160, received[i].Timestamp);
        }
    }

    [Fact] // RFC 3264 §8.3.2: the old codec is understood until the new one comes.
    public void PacketsOfTheOldCodec_ArePlayedUntilTheNewOneComes()
    {
        var call = new BridgedCall().Begin();
        call.Run(1);
        call.Configure(call.Audio(AudioCodec.Pcma) with { PayloadType = 8, ReceivePayloadType = 8 });
        call.FarEnd.Tones.Forget();
        call.Run(3);
        Assert.Contains(42, call.FarEnd.Tones.Heard);
        Assert.Equal(0, call.Bridge.Report().Carrier.PacketsRefused);
    }

    [Fact]
    public void CarrierThatFallsSilent_IsReportedOnce()
    {
        var call = new BridgedCall(new MediaSettings { CarrierSilence = TimeSpan.FromSeconds(5) }).Begin();
        call.Run(2);
        call.Phone.Speaks = false;
        call.Run(4.5);
        Assert.DoesNotContain(call.Events, media => media is MediaEvent.CarrierSilent);
        call.Run(10);
        var silent = Assert.Single(call.Events.OfType<MediaEvent.CarrierSilent>());
        Assert.InRange(silent.Silence, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5.1));

        call.Phone.Speaks = true;
        call.Run(1);
        call.Phone.Speaks = false;
        call.Run(6);
        Assert.Equal(2, call.Events.OfType<MediaEvent.CarrierSilent>().Count());
    }

    [Fact]
    public void Garbage_IsRefusedAndCounted()
    {
        var call = new BridgedCall().Begin();
        var random = new Kernel.RandomSource(5);
        for (var i = 0; i < 2_000; i++)
        {
            var garbage = new byte[random.NextInt32(1_500)];
            random.Fill(garbage);
            var to = i % 2 == 0 ? BridgedCall.CarrierRtp : BridgedCall.CarrierRtcp;
            call.Network.Send(call.Phone.Address, to, garbage);
        }

        call.Run(4);
        Assert.Contains(42, call.FarEnd.Tones.Heard);
        Assert.True(call.Bridge.Report().Carrier.PacketsRefused > 1_000);
    }
}
