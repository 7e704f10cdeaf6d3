using Farspan.Kernel;

namespace Farspan.Calls;

/// <summary>
/// Sees to it that the edge holds the newest resume token: one is on its way at a time, what changes meanwhile
/// goes with the next, and what the change causes outside waits for the acknowledgement (decision 0015).
/// </summary>
/// <remarks>
/// <code>
///  Renew ─► due ─Offer─► on its way ─Acknowledge─► held by the edge
///            ▲                │ Refuse
///            └─ 500 ms ───────┘
/// </code>
/// </remarks>
internal sealed class TokenCourier(AnchorTimings timings)
{
    private readonly TimerTable<Timer> _timers = new();
    private int _wanted;
    private int _offered;
    private int _acknowledged;

    private enum Timer
    {
        /// <summary>Offer again what was not taken.</summary>
        Retry,
    }

    public Instant? Deadline => _timers.Next;

    /// <summary>Whether the edge holds the newest token.</summary>
    public bool IsAcknowledged => _acknowledged == _wanted;

    /// <summary>Whether a token is to be sent now.</summary>
    public bool IsDue => _offered == 0 && !IsAcknowledged && !_timers.IsRunning(Timer.Retry);

    /// <summary>What the token says has changed.</summary>
    public void Renew() => _wanted++;

    /// <summary>The newest token goes out, in whatever message.</summary>
    public void Offer()
    {
        _offered = _wanted;
        _timers.Stop(Timer.Retry);
    }

    /// <summary>The edge has taken what was offered last.</summary>
    public void Acknowledge()
    {
        if (_offered > 0)
        {
            _acknowledged = _offered;
            _offered = 0;
        }
    }

    /// <summary>What was offered did not arrive.</summary>
    public void Refuse(Instant now)
    {
        _offered = 0;
        _timers.Start(Timer.Retry, now + timings.TokenRetry);
    }

    /// <summary>The dialog over which it was offered is no more.</summary>
    public void Forget()
    {
        _offered = 0;
        _timers.StopAll();
    }

    public void Expire(Instant now) => _timers.TryExpire(Timer.Retry, now);
}
