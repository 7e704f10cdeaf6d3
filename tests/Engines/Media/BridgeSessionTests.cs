using Farspan.Audio;
using Farspan.Sdp;

namespace Farspan.Media.Tests;

public sealed class BridgeSessionTests
{
    [Fact]
    public void PhoneAndContact_HearEachOther()
    {
        var call = new BridgedCall().Begin();
        call.Run(4);

        Assert.Contains(42, call.FarEnd.Tones.Heard);
        Assert.Contains(7, call.Phone.Tones.Heard);
        Assert.DoesNotContain(call.Phone.Tones.Heard, code => code != 7);
    }

    [Theory]
    [InlineData(AudioCodec.Pcma)]
    [InlineData(AudioCodec.G722)]
    public void EveryCodec_CarriesBothWays(AudioCodec codec)
    {
        var call = new BridgedCall(codec: codec).Begin(codec);
        call.Run(4);

        Assert.Contains(42, call.FarEnd.Tones.Heard);
        Assert.Contains(7, call.Phone.Tones.Heard);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(30)]
    [InlineData(40)]
    [InlineData(60)]
    public void EveryPacketTime_IsTakenAndMade(int milliseconds)
    {
        var call = new BridgedCall(packetMilliseconds: milliseconds).Begin();
        call.Run(5);

        Assert.Contains(42, call.FarEnd.Tones.Heard);
        Assert.Contains(7, call.Phone.Tones.Heard);
        Assert.All(call.Phone.PayloadBytes, bytes => Assert.Equal(8 * milliseconds, bytes));
        AssertIsContinuous(call, 8 * milliseconds);
    }

    private static void AssertIsContinuous(BridgedCall call, int packetUnits)
    {
        var received = call.Phone.Received;
        Assert.NotEmpty(received);
        Assert.Single(received.Select(header => header.Ssrc).Distinct());
        for (var i = 1; i < received.Count; i++)
        {
            Assert.Equal((ushort)(received[i - 1].SequenceNumber + 1), received[i].SequenceNumber);
            Assert.Equal(received[i - 1].Timestamp + (uint)packetUnits, received[i].Timestamp);
        }
    }
}
