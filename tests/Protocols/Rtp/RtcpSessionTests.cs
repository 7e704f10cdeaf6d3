using Farspan.Kernel;

namespace Farspan.Rtp.Tests;

public sealed class RtcpSessionTests
{
    private readonly byte[] _buffer = new byte[RtpLimits.MaxReportBytes];
    private readonly RtcpSession _alice = Create(ssrc: 1, seed: 11);
    private readonly RtcpSession _bob = Create(ssrc: 2, seed: 22);

    [Fact]
    public void TwoParties_MeasureLossAndRoundTrip()
    {
        Exchange(_alice, _bob, Instant.Zero, TimeSpan.FromSeconds(30), oneWay: TimeSpan.FromMilliseconds(35));

        Assert.InRange(_alice.RoundTripTime!.Value.TotalMilliseconds, 69.9, 70.1);
        Assert.InRange(_bob.RoundTripTime!.Value.TotalMilliseconds, 69.9, 70.1);
        Assert.Equal(1u, _alice.RemoteReport!.Value.Ssrc);
        Assert.InRange(_alice.RemoteReport.Value.FractionLost, 20, 32);
        Assert.Equal(0, _bob.RemoteReport!.Value.FractionLost);
    }

    [Fact] // RFC 3550 §6.2 and §6.3.1: half of Tmin first, then 0.5 to 1.5 of it, divided by e - 3/2.
    public void Intervals_AreRandomWithinTheBoundsOfTheRfc()
    {
        var now = Instant.Zero;
        Assert.InRange((_alice.Deadline - now).TotalSeconds, 2.5 * 0.5 / 1.2183, 2.5 * 1.5 / 1.2182);
        var intervals = new List<double>();
        for (var i = 0; i < 500; i++)
        {
            now = _alice.Deadline;
            Assert.True(_alice.TryWriteReport(now, _buffer, out _));
            intervals.Add((_alice.Deadline - now).TotalSeconds);
        }

        Assert.All(intervals, interval => Assert.InRange(interval, 5 * 0.5 / 1.2183, 5 * 1.5 / 1.2182));
        Assert.InRange(intervals.Average(), 3.8, 4.4);
        Assert.True(intervals.Max() - intervals.Min() > 3.5);
    }

    [Fact]
    public void NothingIsSentBeforeTheDeadline() =>
        Assert.False(_alice.TryWriteReport(_alice.Deadline - TimeSpan.FromTicks(1), _buffer, out _));

    [Fact]
    public void WhoSendsNothing_ReportsAsReceiver()
    {
        Assert.True(_alice.TryWriteReport(_alice.Deadline, _buffer, out var silent));
        Assert.Equal(RtcpPacketType.ReceiverReport, FirstType(silent));

        _alice.CountSent(new RtpHeader(0, false, 1, 0, 1), 160, _alice.Deadline);
        Assert.True(_alice.TryWriteReport(_alice.Deadline, _buffer, out var sending));
        Assert.Equal(RtcpPacketType.SenderReport, FirstType(sending));
    }

    [Fact]
    public void ASenderReport_CarriesTheMediaClockOn()
    {
        _alice.CountSent(new RtpHeader(0, false, 1, 5000, 1), 160, Instant.FromMilliseconds(1000));

        var report = _alice.Sent.Report(1, default, Instant.FromMilliseconds(1250));
        Assert.Equal((7000u, 1u, 160u), (report.RtpTimestamp, report.PacketCount, report.OctetCount));
    }

    [Fact]
    public void AGoodbye_IsNoticed_AndTakenBackByMedia()
    {
        _bob.CountReceived(new RtpHeader(0, false, 1, 0, 1), Instant.Zero);
        var length = _alice.WriteGoodbye(Instant.Zero, _buffer);

        _bob.Receive(_buffer.AsSpan(0, length), Instant.Zero);
        Assert.True(_bob.HasPeerLeft);

        _bob.CountReceived(new RtpHeader(0, false, 2, 160, 1), Instant.Zero);
        Assert.False(_bob.HasPeerLeft);
    }

    [Fact]
    public void ACollision_IsNoticed_AndResolvedByAnotherSource()
    {
        _bob.CountReceived(new RtpHeader(0, false, 1, 0, Ssrc: 2), Instant.Zero);
        Assert.True(_bob.HasCollision);

        _bob.ChangeSsrc(77);
        Assert.Equal((77u, false), (_bob.Ssrc, _bob.HasCollision));
    }

    [Fact]
    public void AReportAboutSomebodyElse_IsNotTakenForOurs()
    {
        var writer = new RtcpWriter(_buffer);
        writer.WriteReceiverReport(2, [new ReportBlock { Ssrc = 999, FractionLost = 255 }]);
        _alice.Receive(writer.Written, Instant.Zero);

        Assert.Null(_alice.RemoteReport);
    }

    [Fact]
    public void GarbageIsCounted_AndChangesNothing()
    {
        _alice.Receive([1, 2, 3], Instant.Zero);

        Assert.Equal(1, _alice.MalformedPackets);
    }

    [Fact]
    public void TheSteadyState_AllocatesNothing()
    {
        var report = new byte[RtpLimits.MaxReportBytes];
        ushort sequence = 0;
        Assert.Equal(0, Allocation.Of(() =>
        {
            var now = _alice.Deadline;
            var header = new RtpHeader(0, false, sequence++, sequence * 160u, 1);
            _alice.CountSent(header, 160, now);
            _bob.CountReceived(header, now);
            _alice.TryWriteReport(now, report, out var written);
            _bob.Receive(report.AsSpan(0, written), now);
        }));
    }

    private static RtcpSession Create(uint ssrc, ulong seed)
    {
        var settings = new RtcpSettings { Ssrc = ssrc, ClockRateHz = 8000, CanonicalName = "farspan" };
        return new RtcpSession(settings, new RandomSource(seed), Instant.Zero);
    }

    // Alice's media loses one packet in ten on the way to Bob; everything takes as long as `oneWay`.
    private void Exchange(
        RtcpSession alice, RtcpSession bob, Instant start, TimeSpan duration, TimeSpan oneWay)
    {
        for (ushort i = 0; i < duration.TotalMilliseconds / 20; i++)
        {
            var now = start + TimeSpan.FromMilliseconds(20 * i);
            Send(alice, bob, i, now, oneWay, isLost: i % 10 == 9);
            Send(bob, alice, i, now, oneWay, isLost: false);
        }
    }

    private void Send(
        RtcpSession from, RtcpSession to, ushort number, Instant now, TimeSpan oneWay, bool isLost)
    {
        var header = new RtpHeader(0, false, number, number * 160u, from.Ssrc);
        from.CountSent(header, 160, now);
        if (!isLost)
        {
            to.CountReceived(header, now + oneWay);
        }

        if (from.TryWriteReport(now, _buffer, out var written))
        {
            to.Receive(_buffer.AsSpan(0, written), now + oneWay);
        }
    }

    private RtcpPacketType FirstType(int length)
    {
        Assert.True(RtcpCompoundReader.TryDecode(_buffer.AsSpan(0, length), false, out var reader, out _));
        Assert.True(reader.TryReadNext(out var packet));
        return packet.PacketType;
    }
}
