namespace Farspan.Media;

/// <summary>What one side of a finished or running media session has counted.</summary>
/// <param name="PacketsSent">RTP packets sent.</param>
/// <param name="PacketsReceived">RTP packets accepted, late and duplicate ones included.</param>
/// <param name="PacketsLost">Packets that never came (RFC 3550 §A.3).</param>
/// <param name="PacketsLate">Packets that came after their turn and were not played.</param>
/// <param name="PacketsRefused">Packets from strangers or that failed authentication.</param>
/// <param name="FramesConcealed">Frames made up because nothing was there to play.</param>
/// <param name="JitterMs">Interarrival jitter (RFC 3550 §6.4.1), milliseconds.</param>
/// <param name="RoundTripMs">From RTCP; null before the first report.</param>
public sealed record MediaSideReport(
    long PacketsSent,
    long PacketsReceived,
    long PacketsLost,
    long PacketsLate,
    long PacketsRefused,
    long FramesConcealed,
    double JitterMs,
    double? RoundTripMs)
{
    /// <inheritdoc cref="MediaReport.Sum"/>
    internal MediaSideReport With(MediaSideReport other) => new(
        PacketsSent + other.PacketsSent,
        PacketsReceived + other.PacketsReceived,
        PacketsLost + other.PacketsLost,
        PacketsLate + other.PacketsLate,
        PacketsRefused + other.PacketsRefused,
        FramesConcealed + other.FramesConcealed,
        Math.Max(JitterMs, other.JitterMs),
        RoundTripMs > other.RoundTripMs ? RoundTripMs : other.RoundTripMs ?? RoundTripMs);
}

/// <summary>The counters of both sides of a media session.</summary>
public sealed record MediaReport(MediaSideReport Carrier, MediaSideReport Contact)
{
    /// <summary>A session in which nothing was sent or received.</summary>
    public static MediaReport Empty { get; } = new(EmptySide, EmptySide);

    /// <summary>
    /// The packets of several sessions together; of jitter and round trip the largest.
    /// </summary>
    public static MediaReport Sum(IEnumerable<MediaReport> reports) =>
        reports.Aggregate(Empty, (sum, report) =>
            new MediaReport(sum.Carrier.With(report.Carrier), sum.Contact.With(report.Contact)));

    private static MediaSideReport EmptySide => new(0, 0, 0, 0, 0, 0, 0, null);
}
