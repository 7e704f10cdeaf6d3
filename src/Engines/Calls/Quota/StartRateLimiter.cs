using Farspan.Kernel;

namespace Farspan.Calls;

/// <summary>
/// The start rate of one account and region as a token bucket, kept as the theoretical arrival time of
/// the generic cell rate algorithm (ITU-T I.371): one number, exact integer arithmetic.
/// </summary>
public sealed class StartRateLimiter(double startsPerSecond, int burst)
{
    private readonly TimeSpan _interval = TimeSpan.FromSeconds(1 / startsPerSecond);
    private Instant _theoreticalArrival = Instant.Zero;

    /// <summary>
    /// When the next start conforms; not later than <paramref name="now"/> if it does already.
    /// </summary>
    public Instant NextConforming(Instant now)
    {
        var tolerance = _interval * (burst - 1);
        return _theoreticalArrival - tolerance <= now ? now : _theoreticalArrival - tolerance;
    }

    /// <summary>Takes a token if one is there.</summary>
    public bool TryTake(Instant now)
    {
        if (NextConforming(now) > now)
        {
            return false;
        }

        _theoreticalArrival = (_theoreticalArrival > now ? _theoreticalArrival : now) + _interval;
        return true;
    }

    /// <summary>
    /// Amazon refused a start (429): others use the same quota, so the bucket is empty and stays
    /// so for <paramref name="pause"/>.
    /// </summary>
    public void Exhaust(Instant now, TimeSpan pause)
    {
        var resume = now + pause + (_interval * (burst - 1));
        _theoreticalArrival = _theoreticalArrival > resume ? _theoreticalArrival : resume;
    }
}
