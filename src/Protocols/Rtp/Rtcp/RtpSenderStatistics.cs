using Farspan.Kernel;

namespace Farspan.Rtp;

/// <summary>Counts what we send, for sender reports (RFC 3550 §6.4.1).</summary>
public sealed class RtpSenderStatistics(int clockRateHz)
{
    private uint _lastTimestamp;
    private Instant _lastSent;

    public uint PacketCount { get; private set; }

    public uint OctetCount { get; private set; }

    public void CountSent(in RtpHeader header, int payloadBytes, Instant now)
    {
        PacketCount++;
        OctetCount += (uint)payloadBytes;
        _lastTimestamp = header.Timestamp;
        _lastSent = now;
    }

    /// <summary>The report of this moment; its RTP timestamp runs on from the last packet.</summary>
    public SenderReport Report(uint ssrc, NtpTimestamp ntp, Instant now)
    {
        var elapsed = (Int128)(now - _lastSent).Ticks * clockRateHz / TimeSpan.TicksPerSecond;
        var timestamp = _lastTimestamp + (uint)(ulong)(long)elapsed;
        return new SenderReport(ssrc, ntp, timestamp, PacketCount, OctetCount);
    }

    /// <summary>For a new SSRC (RFC 3550 §6.4.1).</summary>
    public void Reset() => (PacketCount, OctetCount) = (0, 0);
}
