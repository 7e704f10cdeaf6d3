using Farspan.Kernel;

namespace Farspan.Rtp.Tests;

public sealed class RtpReceiverStatisticsTests
{
    private readonly RtpReceiverStatistics _statistics = new(clockRateHz: 8000);
    private long _milliseconds;

    [Fact]
    public void TheSequenceWrap_IsOneCycle()
    {
        Receive(65534, 65535, 0, 1);

        Assert.Equal(0x1_0001u, _statistics.ExtendedHighestSequenceNumber);
        Assert.Equal(4u, _statistics.Expected);
        Assert.Equal(0, _statistics.CumulativeLost);
    }

    [Fact]
    public void Loss_IsReportedSinceTheLastReport()
    {
        Receive(1, 2, 4, 5);
        Assert.Equal(51, _statistics.TakeReport().FractionLost);

        Receive(6, 7, 8, 9);
        var report = _statistics.TakeReport();
        Assert.Equal(
            (0, 1, 9u), (report.FractionLost, report.CumulativeLost, report.ExtendedHighestSequenceNumber));
    }

    [Fact]
    public void Duplicates_MakeTheLossNegative()
    {
        Receive(1, 2, 2, 2);

        Assert.Equal(-2, _statistics.CumulativeLost);
        Assert.Equal(0, _statistics.TakeReport().FractionLost);
    }

    [Fact] // RFC 3550 §A.1: a jump counts once a second packet confirms it.
    public void AJump_RestartsOnlyWithTwoPacketsInARow()
    {
        Receive(1, 2);
        Assert.False(Receive(30000));
        Assert.True(Receive(3));
        Assert.False(Receive(40000));
        Assert.True(Receive(40001));

        Assert.Equal(1, _statistics.Restarts);
        Assert.Equal(1u, _statistics.Expected);
        Assert.Equal(0, _statistics.CumulativeLost);
    }

    [Fact]
    public void AnotherSource_StartsAfresh()
    {
        Receive(1, 2, 9);
        _statistics.CountReceived(new RtpHeader(0, false, 500, 0, Ssrc: 2), Instant.FromMilliseconds(90));

        Assert.Equal((2u, 0, 1), (_statistics.Ssrc, _statistics.CumulativeLost, _statistics.Restarts));
    }

    [Fact]
    public void EvenSpacing_IsNoJitter()
    {
        Receive([.. Enumerable.Range(0, 200).Select(i => (ushort)i)]);

        Assert.Equal(0u, _statistics.JitterUnits);
    }

    [Fact] // RFC 3550 §A.8: |D| is always 80 units, so J approaches 80 from below.
    public void ConstantDeviation_IsTheJitter()
    {
        for (ushort i = 0; i < 400; i++)
        {
            var arrival = Instant.FromMilliseconds((20 * i) + (i % 2 == 0 ? 0 : 10));
            _statistics.CountReceived(new RtpHeader(0, false, i, 160u * i, 1), arrival);
        }

        Assert.InRange(_statistics.JitterUnits, 78u, 80u);
        Assert.InRange(_statistics.Jitter.TotalMilliseconds, 9.7, 10);
    }

    [Fact]
    public void PacketsThatShareATimestamp_DoNotCountAsJitter()
    {
        for (ushort i = 0; i < 50; i++)
        {
            var arrival = Instant.FromMilliseconds(20 * i);
            _statistics.CountReceived(new RtpHeader(101, false, i, 8000, 1), arrival);
        }

        Assert.Equal(0u, _statistics.JitterUnits);
    }

    [Fact]
    public void Counting_AllocatesNothing()
    {
        ushort sequence = 0;
        Assert.Equal(0, Allocation.Of(() => Receive(sequence++)));
    }

    private bool Receive(ushort sequence)
    {
        _milliseconds += 20;
        var header = new RtpHeader(0, false, sequence, (uint)(_milliseconds * 8), 1);
        return _statistics.CountReceived(header, Instant.FromMilliseconds(_milliseconds));
    }

    private void Receive(params ushort[] sequences)
    {
        foreach (var sequence in sequences)
        {
            Receive(sequence);
        }
    }
}
