using Farspan.Kernel;

namespace Farspan.Calls;

/// <summary>
/// Whether a node can take a call now, and if not why and until when: what OPTIONS and <c>/readyz</c> tell.
/// </summary>
/// <param name="Obstacle">What a new call would end with; null: nothing is in its way.</param>
/// <param name="Detail">For people; empty without an obstacle.</param>
/// <param name="RetryAt">When it may be over; null if nobody knows.</param>
public sealed record NodeAvailability(CallOutcome? Obstacle, string Detail, Instant? RetryAt)
{
    public static NodeAvailability Available { get; } = new(null, "", null);

    public bool IsAvailable => Obstacle is null;

    /// <summary>The answer to a carrier that asks; not without an obstacle.</summary>
    public SipCause ToCause(Instant now)
    {
        Invariant.Require(Obstacle is not null);
        var cause = SipCauseTable.For(Obstacle.Value);
        return cause with { RetryAfter = RetryAfter(now) ?? cause.RetryAfter };
    }

    /// <summary>How long to wait before asking again, at least a second; null if nobody knows.</summary>
    public TimeSpan? RetryAfter(Instant now)
    {
        var shortest = TimeSpan.FromSeconds(1);
        return RetryAt is not { } moment ? null : moment - now > shortest ? moment - now : shortest;
    }
}
