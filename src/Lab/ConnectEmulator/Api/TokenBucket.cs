using Farspan.Kernel;

namespace Farspan.ConnectEmulator;

/// <summary>
/// A rate quota in use: tokens flow in at a rate up to a burst, and each request takes one.
/// </summary>
internal sealed class TokenBucket
{
    private double? _tokens;
    private Instant _filledAt;

    public bool TryTake(RequestRate rate, Instant now)
    {
        var gained = (now - _filledAt).TotalSeconds * rate.PerSecond;
        var tokens = Math.Min(rate.Burst, (_tokens ?? rate.Burst) + gained);
        _filledAt = now;
        _tokens = tokens >= 1 ? tokens - 1 : tokens;
        return tokens >= 1;
    }
}
