using Farspan.Kernel;

namespace Farspan.Rtp;

/// <summary>The 64-bit time of sender reports, in units of 2^-32 s (RFC 3550 §4).</summary>
/// <remarks>Made from elapsed time, which §6.4.1 allows where no calendar is at hand.</remarks>
public readonly record struct NtpTimestamp(ulong Value)
{
    /// <summary>The middle 32 bits, in units of 1/65536 s: what LSR and DLSR count in.</summary>
    public uint Middle => (uint)(Value >> 16);

    public static NtpTimestamp From(Instant moment, ulong offset)
    {
        var scaled = (UInt128)(ulong)moment.Ticks << 32;
        return new NtpTimestamp((ulong)(scaled / TimeSpan.TicksPerSecond) + offset);
    }

    /// <summary>A duration in units of 1/65536 s, at most what 32 bits hold.</summary>
    public static uint ToMiddleUnits(TimeSpan duration)
    {
        var units = (Int128)Math.Max(duration.Ticks, 0) * 65536 / TimeSpan.TicksPerSecond;
        return units > uint.MaxValue ? uint.MaxValue : (uint)units;
    }

    public static TimeSpan FromMiddleUnits(uint units) =>
        TimeSpan.FromTicks((long)units * TimeSpan.TicksPerSecond / 65536);

    /// <summary>
    /// The round trip A - LSR - DLSR of RFC 3550 §6.4.1; null if the peer's numbers cannot be.
    /// </summary>
    public static TimeSpan? RoundTrip(uint arrival, uint lastSenderReport, uint delaySinceLastSenderReport)
    {
        var elapsed = arrival - lastSenderReport;
        var isPlausible = lastSenderReport != 0
            && elapsed <= int.MaxValue && elapsed >= delaySinceLastSenderReport;
        return isPlausible ? FromMiddleUnits(elapsed - delaySinceLastSenderReport) : null;
    }
}
