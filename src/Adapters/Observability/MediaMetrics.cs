using System.Diagnostics.Metrics;
using Farspan.Media;

namespace Farspan.Observability;

/// <summary>Adds up what the media sessions of ended calls had counted, by leg.</summary>
internal sealed class MediaMetrics(Meter meter)
{
    private readonly Counter<long> _sent = meter.CreateCounter<long>(
        "farspan.rtp.packets.sent", null, "RTP packets sent in calls that have ended, by leg.");

    private readonly Counter<long> _received = meter.CreateCounter<long>(
        "farspan.rtp.packets.received", null, "RTP packets accepted in calls that have ended, by leg.");

    private readonly Counter<long> _lost = meter.CreateCounter<long>(
        "farspan.rtp.packets.lost", null, "RTP packets that never came (RFC 3550 §A.3), by leg.");

    private readonly Counter<long> _late = meter.CreateCounter<long>(
        "farspan.rtp.packets.late", null, "RTP packets that came too late to be played, by leg.");

    private readonly Counter<long> _refused = meter.CreateCounter<long>(
        "farspan.rtp.packets.refused", null, "Packets from strangers or that failed authentication, by leg.");

    private readonly Counter<long> _concealed = meter.CreateCounter<long>(
        "farspan.audio.frames.concealed", null, "Frames made up because nothing was there to play, by leg.");

    private readonly Histogram<double> _jitter = meter.CreateHistogram(
        "farspan.rtp.jitter", "s", "Interarrival jitter (RFC 3550 §6.4.1) at the end of a call, by leg.", null, Buckets.Jitter);

    private readonly Histogram<double> _roundTrip = meter.CreateHistogram(
        "farspan.rtp.round_trip", "s", "Round trip by RTCP at the end of a call, by leg.", null, Buckets.Jitter);

    public void Count(MediaReport report)
    {
        Count("carrier", report.Carrier);
        Count("contact", report.Contact);
    }

    private void Count(string name, MediaSideReport side)
    {
        var leg = new KeyValuePair<string, object?>("leg", name);
        _sent.Add(side.PacketsSent, leg);
        _received.Add(side.PacketsReceived, leg);
        _lost.Add(side.PacketsLost, leg);
        _late.Add(side.PacketsLate, leg);
        _refused.Add(side.PacketsRefused, leg);
        _concealed.Add(side.FramesConcealed, leg);
        _jitter.Record(side.JitterMs / 1_000, leg);
        if (side.RoundTripMs is { } roundTrip)
        {
            _roundTrip.Record(roundTrip / 1_000, leg);
        }
    }
}
