namespace Farspan.Sip;

/// <summary>What to answer to a request as far as its session timer goes (RFC 4028 §9).</summary>
/// <param name="IsTooSmall">Answer 422 with our Min-SE.</param>
/// <param name="Expires">The Session-Expires of the 2xx, if the request is accepted.</param>
/// <param name="IsTimerRequired">Whether the 2xx says <c>Require: timer</c>, because the peer will
/// refresh.</param>
public readonly record struct SessionTimerVerdict(
    bool IsTooSmall, SessionExpires Expires, bool IsTimerRequired)
{
    public static SessionTimerVerdict TooSmall { get; } = new(true, default, false);

    internal static SessionTimerVerdict Accept(SessionExpires expires, bool isSupported) =>
        new(false, expires, isSupported && expires.Refresher == SessionRefresher.Uac);
}
