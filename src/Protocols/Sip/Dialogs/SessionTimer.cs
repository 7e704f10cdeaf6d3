using Farspan.Kernel;

namespace Farspan.Sip;

/// <summary>
/// Keeps a session alive by refreshes, and ends one whose peer has died without a BYE.
/// </summary>
/// <remarks>
/// <para>Source: RFC 4028 §7.2, §10.</para>
/// <para>
/// Each 2xx to an INVITE or UPDATE calls <see cref="Start"/> anew, whoever sent the request; a 2xx that
/// agrees on nothing calls <see cref="Stop"/>. A refresh that fails changes nothing: the session ends when
/// its time is over.
/// </para>
/// </remarks>
public sealed class SessionTimer
{
    /// <summary>RFC 4028 §10: the BYE goes out this long before the end, or a third of the interval if
    /// shorter.</summary>
    private static readonly TimeSpan _margin = TimeSpan.FromSeconds(32);

    /// <summary>Below the 90 s of RFC 4028 §5 a peer is wrong; below this it would make us send refreshes
    /// in a storm.</summary>
    private static readonly TimeSpan _shortestInterval = TimeSpan.FromSeconds(10);

    private readonly TimerTable<Timer> _timers = new();

    private enum Timer
    {
        /// <summary>No letter: refresh; half of the session interval. Only the refresher.</summary>
        Refresh,

        /// <summary>No letter: end the session; its interval less 32 s, or less a third of it if that is
        /// shorter.</summary>
        End,
    }

    /// <summary>What was agreed last; null while there is no session timer.</summary>
    public TimeSpan? Interval { get; private set; }

    /// <summary>Whether the refreshes are ours.</summary>
    public bool IsRefresher { get; private set; }

    /// <summary>When to call <see cref="Expire"/>; null while no timer runs.</summary>
    public Instant? Deadline => _timers.Next;

    /// <summary>Starts, or starts again, with what a 2xx agreed on.</summary>
    /// <param name="agreed">The Session-Expires of the 2xx.</param>
    /// <param name="isUac">Whether the request was ours.</param>
    /// <param name="now">When the 2xx was sent or received.</param>
    public void Start(SessionExpires agreed, bool isUac, Instant now)
    {
        // A 2xx that names nobody leaves it to the one who asked (RFC 4028 §7.2).
        var refresher = agreed.Refresher ?? SessionRefresher.Uac;
        Resume(agreed.Interval, isRefresher: isUac == (refresher == SessionRefresher.Uac), now);
    }

    /// <summary>Starts with an interval and a role already known, as after a takeover of the
    /// session.</summary>
    public void Resume(TimeSpan interval, bool isRefresher, Instant now)
    {
        Stop();
        interval = interval < _shortestInterval ? _shortestInterval : interval;
        Interval = interval;
        IsRefresher = isRefresher;
        _timers.Start(Timer.End, now + interval - Margin(interval));
        if (isRefresher)
        {
            _timers.Start(Timer.Refresh, now + (interval / 2));
        }
    }

    public void Stop()
    {
        _timers.StopAll();
        Interval = null;
        IsRefresher = false;
    }

    /// <summary>Says what is due at <paramref name="now"/>.</summary>
    public SessionTimerEffect Expire(Instant now)
    {
        if (_timers.TryExpire(Timer.End, now))
        {
            Stop();
            return SessionTimerEffect.End;
        }

        return _timers.TryExpire(Timer.Refresh, now) ? SessionTimerEffect.Refresh : SessionTimerEffect.None;
    }

    private static TimeSpan Margin(TimeSpan interval) => interval / 3 < _margin ? interval / 3 : _margin;
}
