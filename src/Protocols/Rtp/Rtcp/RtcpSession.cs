using System.Text;
using Farspan.Kernel;

namespace Farspan.Rtp;

/// <summary>
/// One participant's RTCP between two parties (RFC 3550 §6): counts media, says when a report is due, makes
/// it, and reads the peer's. Nothing here allocates once it is constructed.
/// </summary>
public sealed class RtcpSession
{
    // RFC 3550 §6.3.1: e - 3/2 makes up for the shorter intervals that reconsideration gives.
    private const double Compensation = 2.71828182845904523 - 1.5;

    private readonly RtcpSettings _settings;
    private readonly RandomSource _random;
    private readonly byte[] _canonicalName;
    private readonly ulong _ntpOffset;
    private uint _lastSenderReport;
    private Instant _lastSenderReportArrival;
    private uint _packetsAtLastReport;

    public RtcpSession(RtcpSettings settings, RandomSource random, Instant now)
    {
        _settings = settings;
        _random = random;
        _canonicalName = Encoding.UTF8.GetBytes(settings.CanonicalName);
        Invariant.Require(_canonicalName.Length is > 0 and <= RtpLimits.MaxCanonicalNameBytes);
        _ntpOffset = random.NextUInt64();
        Ssrc = settings.Ssrc;
        Sent = new RtpSenderStatistics(settings.ClockRateHz);
        Received = new RtpReceiverStatistics(settings.ClockRateHz);
        Deadline = now + RandomInterval(settings.MinInterval / 2);
    }

    /// <summary>Ours.</summary>
    public uint Ssrc { get; private set; }

    public RtpSenderStatistics Sent { get; }

    public RtpReceiverStatistics Received { get; }

    /// <summary>When to call <see cref="TryWriteReport"/>.</summary>
    public Instant Deadline { get; private set; }

    /// <summary>Null until the peer has reported on a report of ours.</summary>
    public TimeSpan? RoundTripTime { get; private set; }

    /// <summary>How the peer last said it receives us; null if it has not.</summary>
    public ReportBlock? RemoteReport { get; private set; }

    /// <summary>The peer said goodbye and has not sent since.</summary>
    public bool HasPeerLeft { get; private set; }

    /// <summary>The peer uses our SSRC: call <see cref="ChangeSsrc"/> (RFC 3550 §8.2).</summary>
    public bool HasCollision { get; private set; }

    public int MalformedPackets { get; private set; }

    public void CountSent(in RtpHeader header, int payloadBytes, Instant now) =>
        Sent.CountSent(header, payloadBytes, now);

    /// <summary>Returns false if the sequence number makes the packet suspect.</summary>
    public bool CountReceived(in RtpHeader header, Instant now)
    {
        if (Received.HasSource && header.Ssrc != Received.Ssrc)
        {
            _lastSenderReport = 0;
        }

        HasPeerLeft = false;
        HasCollision |= header.Ssrc == Ssrc;
        return Received.CountReceived(header, now);
    }

    /// <summary>Takes an RTCP datagram; a malformed one is counted and otherwise ignored.</summary>
    public void Receive(ReadOnlySpan<byte> datagram, Instant now)
    {
        if (!RtcpCompoundReader.TryDecode(datagram, _settings.AllowsReducedSize, out var reader, out _))
        {
            MalformedPackets++;
            return;
        }

        while (reader.TryReadNext(out var packet))
        {
            Take(packet, now);
        }
    }

    /// <summary>Writes the report that is due, and sets the next <see cref="Deadline"/>.</summary>
    /// <param name="now">At or after <see cref="Deadline"/>; before it nothing is written.</param>
    /// <param name="destination">At least <see cref="RtpLimits.MaxReportBytes"/> long.</param>
    /// <param name="written">Bytes of the compound.</param>
    public bool TryWriteReport(Instant now, Span<byte> destination, out int written)
    {
        written = 0;
        if (now < Deadline)
        {
            return false;
        }

        Deadline = now + RandomInterval(_settings.MinInterval);
        var writer = new RtcpWriter(destination);
        WriteReports(ref writer, now);
        written = writer.Written.Length;
        Invariant.Require(!writer.HasOverflowed);
        return true;
    }

    /// <summary>Writes a last report and BYE, at the end of the session or before a change of SSRC.</summary>
    public int WriteGoodbye(Instant now, Span<byte> destination)
    {
        var writer = new RtcpWriter(destination);
        WriteReports(ref writer, now);
        writer.WriteGoodbye(Ssrc);
        Invariant.Require(!writer.HasOverflowed);
        return writer.Written.Length;
    }

    /// <summary>After a collision, or when another node's stream is continued.</summary>
    public void ChangeSsrc(uint ssrc)
    {
        Ssrc = ssrc;
        HasCollision = false;
        (RoundTripTime, RemoteReport, _packetsAtLastReport) = (null, null, 0);
        Sent.Reset();
    }

    private void Take(in RtcpPacketView packet, Instant now)
    {
        if (packet.TryGetSenderReport(out var report))
        {
            HasCollision |= report.Ssrc == Ssrc;
            _lastSenderReport = report.Ntp.Middle;
            _lastSenderReportArrival = now;
        }
        else if (packet.PacketType == RtcpPacketType.Goodbye && packet.TryGetSsrc(out var leaving))
        {
            HasPeerLeft |= !Received.HasSource || leaving == Received.Ssrc;
        }

        for (var i = 0; packet.TryGetReportBlock(i, out var block); i++)
        {
            if (block.Ssrc == Ssrc)
            {
                RemoteReport = block;
                MeasureRoundTrip(block, now);
            }
        }
    }

    private void MeasureRoundTrip(in ReportBlock block, Instant now)
    {
        var arrival = NtpTimestamp.From(now, _ntpOffset).Middle;
        RoundTripTime = NtpTimestamp.RoundTrip(
            arrival, block.LastSenderReport, block.DelaySinceLastSenderReport)
            ?? RoundTripTime;
    }

    private void WriteReports(ref RtcpWriter writer, Instant now)
    {
        Span<ReportBlock> blocks = stackalloc ReportBlock[1];
        var count = 0;
        if (Received.HasSource)
        {
            blocks[count++] = Received.TakeReport() with
            {
                LastSenderReport = _lastSenderReport,
                DelaySinceLastSenderReport = _lastSenderReport == 0
                    ? 0
                    : NtpTimestamp.ToMiddleUnits(now - _lastSenderReportArrival),
            };
        }

        // RFC 3550 §6.4: a sender report if anything was sent since the last one.
        if (Sent.PacketCount != _packetsAtLastReport)
        {
            _packetsAtLastReport = Sent.PacketCount;
            var report = Sent.Report(Ssrc, NtpTimestamp.From(now, _ntpOffset), now);
            writer.WriteSenderReport(report, blocks[..count]);
        }
        else
        {
            writer.WriteReceiverReport(Ssrc, blocks[..count]);
        }

        writer.WriteCanonicalName(Ssrc, _canonicalName);
    }

    private TimeSpan RandomInterval(TimeSpan interval) =>
        interval * ((0.5 + _random.NextDouble()) / Compensation);
}
