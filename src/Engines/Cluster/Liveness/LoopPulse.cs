using Farspan.Kernel;

namespace Farspan.Cluster;

/// <summary>
/// The beat of a node's own loop: says when life signs are due, and notices when the loop did not run (a frozen
/// process, a paused machine).
/// </summary>
public sealed class LoopPulse(LivenessTimings timings)
{
    private Instant? _lastTurn;

    /// <summary>When the loop is to turn at the latest; null before the first turn.</summary>
    public Instant? Deadline { get; private set; }

    /// <summary>Notes that the loop runs. Call first in every turn.</summary>
    /// <param name="now">The time.</param>
    /// <param name="gap">How long it did not run, if longer than it may; else zero. Longer than
    /// <see cref="LivenessTimings.GapMax"/>: fence ourselves.</param>
    /// <returns>Whether life signs are due.</returns>
    public bool Turn(Instant now, out TimeSpan gap)
    {
        var silence = _lastTurn is { } last ? now - last : TimeSpan.Zero;
        gap = silence > timings.TurnMax ? silence : TimeSpan.Zero;
        _lastTurn = now;
        if (Deadline is { } deadline && now < deadline)
        {
            return false;
        }

        // Counted from now: a stall must not cause a burst.
        Deadline = now + timings.SignInterval;
        return true;
    }
}
