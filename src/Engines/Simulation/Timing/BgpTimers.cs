namespace Farspan.Simulation;

/// <summary>What a BGP speaker asks for (RFC 4271 §4.2, §4.4).</summary>
/// <param name="Hold">Its hold time; the session uses the smaller of both sides'.</param>
/// <param name="Keepalive">How often it sends a KEEPALIVE; a third of the hold time at most.</param>
public sealed record BgpTimers(TimeSpan Hold, TimeSpan Keepalive)
{
    /// <summary>With the usual ratio of three.</summary>
    public static BgpTimers OfHold(TimeSpan hold) => new(hold, hold / 3);
}
