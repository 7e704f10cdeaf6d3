using CsCheck;
using Farspan.Audio;
using Farspan.Ice;
using Farspan.Kernel;
using Farspan.Rtp;
using Farspan.Sdp;

namespace Farspan.Media.Tests;

/// <summary>Beginning, re-joining, ending; and what a packet costs.</summary>
public sealed class BridgeLifeTests
{
    private static readonly TransportAddress FarEndAddress = BridgedCall.Address(3, 5_000);

    [Fact]
    public void EventsOfACall_ComeInTheirOrderAndNameIt()
    {
        var call = new BridgedCall().Begin();
        Assert.Collection(
            call.Events,
            media => Assert.IsType<MediaEvent.Gathered>(media),
            media => Assert.IsType<MediaEvent.ContactConnected>(media));
        Assert.All(call.Events, media => Assert.Equal(77, media.MediaId));
    }

    [Fact]
    public void LostContact_IsReportedWithItsReason()
    {
        var call = new BridgedCall().Begin();
        call.FarEnd.Vanish();
        call.Run(40);
        Assert.Equal(ContactLoss.ConsentLost, call.Loss!.Loss);
    }

    [Fact]
    public void Rejoin_MovesTheCallWithoutInterruptingIt()
    {
        var call = new BridgedCall().Begin();
        call.Run(2);
        var old = call.FarEnd;
        var before = call.Phone.Received.Count;
        var next = call.Rejoin();
        Assert.True(call.Bridge.FreeContactTag != MediaSocketTags.FirstContact);
        call.Network.RunUntil(() => next.IsConnected && old.Loss is not null);
        call.Run(4);

        Assert.Equal(2, call.Events.OfType<MediaEvent.ContactConnected>().Count());
        Assert.Null(call.Loss);
        Assert.Contains(42, next.Tones.Heard);
        Assert.Equal(9, call.Phone.Tones.Heard[^1]);
        var received = call.Phone.Received;
        Assert.True(received.Count > before + 200);
        for (var i = before + 1; i < received.Count; i++)
        {
            Assert.Equal((ushort)(received[i - 1].SequenceNumber + 1), received[i].SequenceNumber);
        }
    }

    [Fact]
    public void RejoinThatFails_LeavesTheOldTransportCarrying()
    {
        var call = new BridgedCall().Begin();
        var old = call.FarEnd;
        var next = call.Rejoin();
        next.Vanish();
        call.Run(15);
        Assert.Equal(ContactLoss.IceFailed, call.Loss!.Loss);
        old.Tones.Forget();
        call.Run(3);
        Assert.Contains(42, old.Tones.Heard);
    }

    [Fact]
    public void OldTransportThatDiesDuringARejoin_IsNoNews()
    {
        var call = new BridgedCall().Begin();
        call.FarEnd.Close();
        call.Gather();
        call.Run(1);
        Assert.Null(call.Loss);
    }

    [Fact]
    public void ThirdTransport_GetsTheSocketThatIsFree()
    {
        var call = new BridgedCall();
        call.Configure(call.Audio());
        Assert.Equal(MediaSocketTags.FirstContact, call.Bridge.FreeContactTag);
        call.Join();
        call.Network.RunUntil(() => call.IsConnected);
        Assert.Equal(MediaSocketTags.SecondContact, call.Bridge.FreeContactTag);
        call.Gather();
        Assert.Equal(MediaSocketTags.SecondContact, call.Bridge.FreeContactTag);
    }

    [Fact]
    public void Close_FreesEverythingAndSendsNothingMore()
    {
        var call = new BridgedCall().Begin();
        call.Run(1);
        call.Close();
        call.Run(0.1);
        Assert.NotNull(call.FarEnd.Loss);
        var packets = call.Phone.Received.Count;
        var sent = call.Bridge.Report();
        call.Run(1);
        call.Bridge.Dispose();

        Assert.Equal(packets, call.Phone.Received.Count);
        Assert.Equal(sent, call.Bridge.Report());
        Assert.Equal(0, ((LinearCodecs)call.Ours.Codecs).Alive);
        Assert.All(((PlainDtls)call.Ours.Dtls).Sessions, session => Assert.True(session.IsDisposed));
    }

    [Fact]
    public void CommandsAfterClose_AreIgnored()
    {
        var call = new BridgedCall().Begin();
        call.Close();
        call.Events.Clear();
        call.Configure(call.Audio());
        call.Gather();
        call.Connect(call.FarEnd.AsRemote(SetupRole.Passive));
        call.Open(true);
        call.Run(1);
        Assert.Empty(call.Events);
    }

    [Fact]
    public void ASession_TakesLessThan100KilobytesBesideItsCodecs()
    {
        var call = new BridgedCall().Begin();
        var audio = call.Audio();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var session = new BridgeSession(1, call.Settings, call.Ours, call.Network.Now);
        session.ConfigureCarrier(audio, call.Network.Now);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        session.Dispose();
        Assert.InRange(allocated, 1, 100_000);
    }

    [Fact]
    public void AnyDatagrams_AtAnyTime_NeverThrow() =>
        Gen.Select(Gen.Byte.Array[0, 80], Gen.Int[0, 4], Gen.Int[0, 3]).Array[1, 30].Sample(
            datagrams =>
            {
                var call = new BridgedCall();
                foreach (var (bytes, socketTag, stage) in datagrams)
                {
                    Advance(call, stage);
                    call.Bridge.Receive(socketTag, call.Phone.Address, bytes, call.Network.Now, call.Sink);
                    call.Bridge.Receive(socketTag, FarEndAddress, bytes, call.Network.Now, call.Sink);
                    call.Run(0.02);
                }
            },
            iter: 100);

    [Theory]
    [InlineData(AudioCodec.Pcmu)]
    [InlineData(AudioCodec.G722)]
    public void AThousandPacketsEachWay_AllocateNothing(AudioCodec codec)
    {
        // Consent checks and reports are control traffic: they are kept out of the thousand.
        var settings = new MediaSettings
        {
            Ice = new IceSettings
            {
                ConsentInterval = TimeSpan.FromHours(1),
                ConsentTimeout = TimeSpan.FromHours(9),
            },
        };
        var call = new BridgedCall(settings, codec: codec).Begin(codec);
        call.Run(3);

        var (carrier, contact) = Record(call, packets: 1_200);
        call.Sink.IsBlackHole = true;
        var now = call.Network.Now;
        long allocated = 0;
        for (var i = 0; i < 1_200; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            now += MediaSettings.TickInterval;
            call.Bridge.Receive(MediaSocketTags.CarrierRtp, call.Phone.Address, carrier[i], now, call.Sink);
            call.Bridge.Receive(MediaSocketTags.FirstContact, FarEndAddress, contact[i], now, call.Sink);
            call.Bridge.Tick(now, now, call.Sink);
            allocated += i < 200 ? 0 : GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
        Assert.True(call.Bridge.Report().Carrier.PacketsReceived > 1_200);
        Assert.True(call.Bridge.Report().Contact.PacketsReceived > 1_200);
    }

    private static void Advance(BridgedCall call, int stage)
    {
        switch (stage)
        {
            case 1:
                call.Configure(call.Audio());
                break;
            case 2:
                call.Gather();
                break;
            case 3 when call.Events.OfType<MediaEvent.Gathered>().Any():
                call.Exchange(call.FarEnd);
                call.Open(true);
                break;
        }
    }

    // What phone and far end would send from here on, while the bridge does not listen.
    private static (List<byte[]> Carrier, List<byte[]> Contact) Record(BridgedCall call, int packets)
    {
        var carrier = new List<byte[]>();
        var contact = new List<byte[]>();
        call.Network.Drops = (_, to, datagram) =>
        {
            if (to == BridgedCall.CarrierRtp && !RtcpMux.IsRtcp(datagram))
            {
                carrier.Add(datagram);
            }
            else if (to == BridgedCall.Address(2, 30_000) && RtcpMux.Classify(datagram) == DatagramKind.Rtp)
            {
                contact.Add(datagram);
            }

            return true;
        };
        while (carrier.Count < packets || contact.Count < packets)
        {
            call.Run(1);
        }

        return (carrier, contact);
    }
}
