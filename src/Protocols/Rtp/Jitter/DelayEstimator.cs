using Farspan.Kernel;

namespace Farspan.Rtp;

/// <summary>
/// Measures how much later than the quickest ones packets come: a histogram that forgets, over the smallest
/// transit time of the last seconds.
/// </summary>
internal sealed class DelayEstimator(int clockRateHz)
{
    private const int BucketMilliseconds = 5;
    private const int Buckets = 80;
    private const double Forgetting = 0.996;
    private const double RescaleAt = 1e9;
    private const int MinSamples = 25;

    private static readonly long BucketTicks = BucketMilliseconds * TimeSpan.TicksPerMillisecond;
    private static readonly TimeSpan MinimumWindow = TimeSpan.FromSeconds(2);

    private readonly double[] _histogram = new double[Buckets];
    private double _weight;
    private double _total;
    private int _samples;
    private long _baseTimestamp;
    private Instant _baseArrival;
    private Instant _windowStart;
    private long _smallestTransit;
    private long _previousSmallestTransit;

    public bool HasEnough => _samples >= MinSamples;

    /// <summary>Begins anew at a packet; the histogram is kept, for the path is likely the same.</summary>
    public void Restart(long timestamp, Instant arrival)
    {
        (_baseTimestamp, _baseArrival, _windowStart) = (timestamp, arrival, arrival);
        (_smallestTransit, _previousSmallestTransit) = (0, 0);
    }

    /// <summary>
    /// How much later than the quickest ones a packet comes; negative if it is quicker than all.
    /// </summary>
    public TimeSpan LatenessOf(long timestamp, Instant arrival) =>
        TimeSpan.FromTicks(
            TransitOf(timestamp, arrival) - Math.Min(_smallestTransit, _previousSmallestTransit));

    /// <summary>
    /// Counts a packet and returns how much later it came than the quickest ones, itself included.
    /// </summary>
    public TimeSpan Add(long timestamp, Instant arrival)
    {
        var transit = TransitOf(timestamp, arrival);
        if (arrival - _windowStart >= MinimumWindow)
        {
            (_previousSmallestTransit, _smallestTransit, _windowStart) = (_smallestTransit, transit, arrival);
        }

        _smallestTransit = Math.Min(_smallestTransit, transit);
        var delay = LatenessOf(timestamp, arrival);
        Count(delay.Ticks);
        return delay;
    }

    /// <summary>The delay that this share of the packets does not exceed.</summary>
    public TimeSpan Percentile(double share)
    {
        var wanted = share * _total;
        var sum = 0.0;
        for (var i = 0; i < Buckets; i++)
        {
            sum += _histogram[i];
            if (sum >= wanted)
            {
                return TimeSpan.FromTicks(BucketTicks * (i + 1));
            }
        }

        return TimeSpan.FromTicks(BucketTicks * Buckets);
    }

    // New samples weigh more and more instead of old ones less and less: one addition instead of eighty.
    private void Count(long delay)
    {
        _weight = _weight == 0 ? 1 : _weight / Forgetting;
        _histogram[Math.Clamp(delay / BucketTicks, 0, Buckets - 1)] += _weight;
        _total += _weight;
        _samples = Math.Min(_samples + 1, MinSamples);
        if (_weight > RescaleAt)
        {
            Rescale();
        }
    }

    private void Rescale()
    {
        for (var i = 0; i < Buckets; i++)
        {
            _histogram[i] /= _weight;
        }

        _total /= _weight;
        _weight = 1;
    }

    private long TransitOf(long timestamp, Instant arrival) => (arrival - _baseArrival).Ticks
        - (long)((Int128)(timestamp - _baseTimestamp) * TimeSpan.TicksPerSecond / clockRateHz);
}
