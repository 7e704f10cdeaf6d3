namespace Farspan.Rtp;

/// <summary>How an RTCP session reports.</summary>
public sealed record RtcpSettings
{
    public required uint Ssrc { get; init; }

    public required int ClockRateHz { get; init; }

    /// <summary>
    /// At most <see cref="RtpLimits.MaxCanonicalNameBytes"/> bytes of UTF-8; says nothing about persons (RFC
    /// 7022).
    /// </summary>
    public required string CanonicalName { get; init; }

    /// <summary>
    /// Tmin of RFC 3550 §6.2. Between two participants 5 % of any voice bandwidth allows more than one report
    /// in this time, so that it alone decides.
    /// </summary>
    public TimeSpan MinInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether the peer may leave out reports (RFC 5506).</summary>
    public bool AllowsReducedSize { get; init; } = true;
}
