using Farspan.Audio;
using Farspan.Rtp;

namespace Farspan.Media.Tests;

/// <summary>A carrier that speaks Opus in packets of 20 ms: nothing is decoded that need not be.</summary>
public sealed class OpusForwardingTests
{
    // CELT fullband: one frame of 20 ms, three of 20 ms (RFC 6716 §3.1).
    private const byte TwentyMilliseconds = 0xF8;
    private const byte SixtyMilliseconds = 0xFB;

    private readonly BridgedCall _call = new(codec: AudioCodec.Opus);

    public OpusForwardingTests()
    {
        _call.Begin(AudioCodec.Opus);
        _call.Phone.Speaks = false;
        _call.FarEnd.Speaks = false;
        _call.Run(1);
        Decoded.Clear();
    }

    private List<byte[]> Decoded => ((LinearCodecs)_call.Theirs.Codecs).Decoded;

    private List<byte[]> DecodedByUs => ((LinearCodecs)_call.Ours.Codecs).Decoded;

    [Fact]
    public void CarriersPackets_ReachTheContactAsTheyAre()
    {
        var sent = SendFromPhone(50, i => [TwentyMilliseconds, (byte)i, 3]);
        Assert.Equal(sent, Decoded);
        Assert.Empty(DecodedByUs);
    }

    [Fact]
    public void LostPacket_IsPassedOnAsALossAndNotMadeUpHere()
    {
        var lost = _call.Bridge.Report().Contact.PacketsSent;
        var sent = SendFromPhone(50, i => [TwentyMilliseconds, (byte)i, 3], isLost: i => i == 25);
        sent.RemoveAt(25);
        Assert.Equal(sent, Decoded);
        Assert.True(_call.FarEnd.Media.Report().FramesConcealed > 0);
        Assert.True(lost > 0);
    }

    [Fact]
    public void PacketsOfAnotherLength_AreDecodedAndCutIntoTicks()
    {
        SendFromPhone(20, i => [SixtyMilliseconds, 3, (byte)i, 3], milliseconds: 60);
        Assert.Equal(20, DecodedByUs.Count);
        Assert.Empty(Decoded);
    }

    [Fact]
    public void ContactsPackets_ReachTheCarrierAsTheyAre()
    {
        var sent = new List<byte[]>();
        _call.FarEnd.NextPayload = () =>
        {
            sent.Add([TwentyMilliseconds, (byte)sent.Count, 9]);
            return sent[^1];
        };
        _call.Run(2);
        var received = _call.Phone.Payloads.Where(payload => payload.Length == 3).ToList();
        Assert.True(received.Count > 90);
        Assert.Equal(sent[..received.Count], received);
        Assert.Single(_call.Phone.Received.Select(header => header.Ssrc).Distinct());
    }

    [Fact]
    public void ClosedBridge_ForwardsNothing()
    {
        _call.Open(false);
        SendFromPhone(50, i => [TwentyMilliseconds, (byte)i, 3]);
        Assert.Empty(Decoded);
    }

    [Fact]
    public void Transcoding_CarriesTonesWhereItMustBe()
    {
        var call = new BridgedCall(codec: AudioCodec.Opus, packetMilliseconds: 40).Begin(AudioCodec.Opus);
        call.Run(4);
        Assert.Contains(42, call.FarEnd.Tones.Heard);
        Assert.Contains(7, call.Phone.Tones.Heard);
    }

    private List<byte[]> SendFromPhone(
        int packets, Func<int, byte[]> payload, Func<int, bool>? isLost = null, int milliseconds = 20)
    {
        var sent = new List<byte[]>();
        var current = 0;
        _call.Network.Drops = (_, to, datagram) =>
            to == BridgedCall.CarrierRtp && !RtcpMux.IsRtcp(datagram) && isLost?.Invoke(current) == true;
        for (current = 0; current < packets; current++)
        {
            sent.Add(payload(current));
            _call.Phone.Send(96, sent[^1], (uint)(100_000 + (current * 48 * milliseconds)));
            _call.Run(milliseconds / 1_000.0);
        }

        _call.Run(0.5);
        return sent;
    }
}
