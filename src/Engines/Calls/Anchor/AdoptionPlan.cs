using System.Diagnostics.CodeAnalysis;
using Farspan.Kernel;

namespace Farspan.Calls;

/// <summary>
/// Which edge is asked to adopt a caller, and how long that is tried: each edge once, then all again after a pause
/// (decision 0015). One is asked at a time: two could both act in the carrier's dialog.
/// </summary>
internal sealed class AdoptionPlan(AnchorTimings timings)
{
    private readonly HashSet<string> _tried = [];
    private readonly TimerTable<Timer> _timers = new();

    private enum Timer
    {
        /// <summary>Ask all edges again.</summary>
        Retry,

        /// <summary>Give the caller up.</summary>
        Limit,
    }

    public Instant? Deadline => _timers.Next;

    /// <summary>Whether the edge of the call is lost.</summary>
    public bool IsWanted { get; private set; }

    /// <summary>The INVITE that is out; null if nobody is being asked.</summary>
    public AdoptionAttempt? Attempt { get; set; }

    /// <summary>Since when the caller hears nothing.</summary>
    public Instant LostAt { get; private set; }

    /// <summary>Whether the caller is to be given up.</summary>
    public bool IsOverdue { get; private set; }

    /// <summary>Whether the INVITE that is out has been cancelled.</summary>
    public bool IsTakenBack { get; set; }

    /// <summary>The edge is lost.</summary>
    public void Begin(string lostNode, Instant now)
    {
        if (!IsWanted)
        {
            (IsWanted, LostAt) = (true, now);
            _tried.Clear();
            _timers.Start(Timer.Limit, now + timings.AdoptionMax);
        }

        _tried.Add(lostNode);
    }

    /// <summary>The caller has an edge again.</summary>
    public void Complete()
    {
        (IsWanted, IsOverdue, IsTakenBack) = (false, false, false);
        Attempt = null;
        _tried.Clear();
        _timers.StopAll();
    }

    /// <summary>The next edge to ask; without one all are asked again after a pause.</summary>
    public bool TryNext(
        IEnumerable<EdgeTarget> edges, string lostNode, Instant now, [NotNullWhen(true)] out EdgeTarget? target)
    {
        target = edges.FirstOrDefault(edge => edge.Node != lostNode && !_tried.Contains(edge.Node));
        if (target is not null)
        {
            _tried.Add(target.Node);
            return true;
        }

        _timers.Start(Timer.Retry, now + timings.AdoptionRetry);
        return false;
    }

    /// <returns>Whether edges are to be asked again.</returns>
    public bool Expire(Instant now)
    {
        IsOverdue |= _timers.TryExpire(Timer.Limit, now);
        if (IsOverdue || !_timers.TryExpire(Timer.Retry, now) || Attempt is not null)
        {
            return false;
        }

        _tried.Clear();
        return true;
    }
}
