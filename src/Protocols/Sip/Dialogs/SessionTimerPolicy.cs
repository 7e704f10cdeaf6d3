namespace Farspan.Sip;

/// <summary>What we want of session timers (RFC 4028 §4, §5).</summary>
/// <param name="Interval">The session interval that we ask for.</param>
/// <param name="IntervalMin">The shortest that we accept; the RFC allows nothing below 90 s.</param>
/// <param name="Refresher">Who refreshes where we may choose, seen from the request that is answered.</param>
public sealed record SessionTimerPolicy(TimeSpan Interval, TimeSpan IntervalMin, SessionRefresher Refresher)
{
    /// <summary>The smallest Min-SE that RFC 4028 §5 allows, and what a request without one means.</summary>
    public static readonly TimeSpan AbsoluteMin = TimeSpan.FromSeconds(90);

    /// <summary>Half an hour, as RFC 4028 §4 recommends; the caller's side refreshes if it can.</summary>
    public static SessionTimerPolicy Default { get; } =
        new(TimeSpan.FromMinutes(30), AbsoluteMin, SessionRefresher.Uac);

    /// <summary>What a request of ours asks for. <paramref name="minSe"/> is that of a 422, if one
    /// came.</summary>
    public SessionExpires Ask(TimeSpan? minSe, SessionRefresher? refresher) =>
        new(minSe > Interval ? minSe.Value : Interval, refresher);

    /// <summary>Judges a request of the peer's (RFC 4028 §9, table 2).</summary>
    /// <param name="expires">Its Session-Expires; null without one.</param>
    /// <param name="minSe">Its Min-SE; null without one.</param>
    /// <param name="isSupported">Whether its Supported names <c>timer</c>.</param>
    public SessionTimerVerdict Answer(SessionExpires? expires, TimeSpan? minSe, bool isSupported)
    {
        if (expires is { } asked && asked.Interval < IntervalMin && isSupported)
        {
            return SessionTimerVerdict.TooSmall;
        }

        // Shortened to what we want, but never below the peer's Min-SE and never longer than it asked.
        var wanted = Max(Interval, minSe ?? AbsoluteMin);
        var interval = expires is { } offered ? Max(Min(offered.Interval, wanted), AbsoluteMin) : wanted;
        var refresher = isSupported ? expires?.Refresher ?? Refresher : SessionRefresher.Uas;
        return SessionTimerVerdict.Accept(new SessionExpires(interval, refresher), isSupported);
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
