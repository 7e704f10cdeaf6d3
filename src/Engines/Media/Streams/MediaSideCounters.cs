using Farspan.Rtp;

namespace Farspan.Media;

/// <summary>
/// What one side counts. One worker writes; any thread may read without a lock: each number is whole, though
/// not all are of the same moment.
/// </summary>
internal sealed class MediaSideCounters
{
    private const long NoRoundTrip = -1;

    private JitterCounters _earlier;
    private long _sent;
    private long _received;
    private long _lost;
    private long _late;
    private long _refused;
    private long _concealed;
    private long _jitterTicks;
    private long _roundTripTicks = NoRoundTrip;

    public void CountSent() => _sent++;

    public void CountReceived() => _received++;

    public void CountRefused() => _refused++;

    /// <summary>Where something below counts what it refuses.</summary>
    public void FollowRefused(long refused) => _refused = refused;

    /// <summary>A jitter buffer is replaced: its counts stay.</summary>
    public void Keep(in JitterCounters jitter)
    {
        _earlier.Late += jitter.Late;
        _earlier.Concealed += jitter.Concealed;
    }

    public void Follow(in JitterCounters jitter)
    {
        _late = _earlier.Late + jitter.Late;
        _concealed = _earlier.Concealed + jitter.Concealed;
    }

    public void Follow(RtcpSession rtcp)
    {
        _lost = Math.Max(rtcp.Received.CumulativeLost, 0);
        _jitterTicks = rtcp.Received.Jitter.Ticks;
        _roundTripTicks = rtcp.RoundTripTime?.Ticks ?? NoRoundTrip;
    }

    public MediaSideReport Report()
    {
        var roundTrip = Volatile.Read(ref _roundTripTicks);
        return new MediaSideReport(
            PacketsSent: Volatile.Read(ref _sent),
            PacketsReceived: Volatile.Read(ref _received),
            PacketsLost: Volatile.Read(ref _lost),
            PacketsLate: Volatile.Read(ref _late),
            PacketsRefused: Volatile.Read(ref _refused),
            FramesConcealed: Volatile.Read(ref _concealed),
            JitterMs: new TimeSpan(Volatile.Read(ref _jitterTicks)).TotalMilliseconds,
            RoundTripMs: roundTrip == NoRoundTrip ? null : new TimeSpan(roundTrip).TotalMilliseconds);
    }
}
