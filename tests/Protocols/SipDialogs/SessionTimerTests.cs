using Farspan.Kernel;

namespace Farspan.Sip.Tests;

public sealed class SessionTimerTests
{
    private static readonly SessionExpires _halfHourByUac = Expires(1800, SessionRefresher.Uac);

    [Fact] // RFC 4028 §7.2: the refresher refreshes when half of the interval has gone.
    public void Refresher_RefreshesAtHalfTheInterval_AndNotATickBefore()
    {
        var timer = new SessionTimer();
        timer.Start(_halfHourByUac, isUac: true, Instant.Zero);

        Assert.True(timer.IsRefresher);
        Assert.Equal(Instant.FromMilliseconds(900_000), timer.Deadline);
        Assert.Equal(SessionTimerEffect.None, timer.Expire(new Instant(timer.Deadline!.Value.Ticks - 1)));
        Assert.Equal(SessionTimerEffect.Refresh, timer.Expire(timer.Deadline!.Value));
    }

    [Theory] // RFC 4028 §10: the BYE goes out min(32 s, a third of the interval) before the end.
    [InlineData(1800, 1768)]
    [InlineData(90, 60)]
    [InlineData(96, 64)]
    [InlineData(99, 67)]
    public void TheOtherSide_EndsASessionThatWasNotRefreshed(int intervalSeconds, int endSeconds)
    {
        var timer = new SessionTimer();
        timer.Start(Expires(intervalSeconds, SessionRefresher.Uac), isUac: false, Instant.Zero);

        Assert.False(timer.IsRefresher);
        Assert.Equal(Instant.FromMilliseconds(endSeconds * 1000L), timer.Deadline);
        Assert.Equal(SessionTimerEffect.None, timer.Expire(new Instant(timer.Deadline!.Value.Ticks - 1)));
        Assert.Equal(SessionTimerEffect.End, timer.Expire(timer.Deadline!.Value));
        Assert.Null(timer.Deadline);
        Assert.Null(timer.Interval);
    }

    [Fact]
    public void ARefresherWhoseRefreshesFail_EndsTheSessionToo()
    {
        var timer = new SessionTimer();
        timer.Start(_halfHourByUac, isUac: true, Instant.Zero);

        Assert.Equal(SessionTimerEffect.Refresh, timer.Expire(timer.Deadline!.Value));
        Assert.Equal(Instant.FromMilliseconds(1_768_000), timer.Deadline);
        Assert.Equal(SessionTimerEffect.End, timer.Expire(timer.Deadline!.Value));
    }

    [Fact]
    public void ARefresh_StartsTheIntervalAnew()
    {
        var timer = new SessionTimer();
        timer.Start(_halfHourByUac, isUac: false, Instant.Zero);
        timer.Start(_halfHourByUac, isUac: false, Instant.FromMilliseconds(900_000));

        Assert.Equal(Instant.FromMilliseconds(900_000 + 1_768_000), timer.Deadline);
    }

    [Fact] // After a refresh of the peer's with refresher=uas, the refreshes are ours.
    public void TheRole_FollowsEachRequest()
    {
        var timer = new SessionTimer();
        timer.Start(_halfHourByUac, isUac: false, Instant.Zero);
        Assert.False(timer.IsRefresher);

        timer.Start(Expires(1800, SessionRefresher.Uas), isUac: false, Instant.Zero);
        Assert.True(timer.IsRefresher);

        timer.Start(Expires(1800, null), isUac: true, Instant.Zero);
        Assert.True(timer.IsRefresher);
    }

    [Fact]
    public void AnAbsurdlyShortInterval_MakesNoStorm()
    {
        var timer = new SessionTimer();
        timer.Start(Expires(0, SessionRefresher.Uac), isUac: true, Instant.Zero);

        Assert.Equal(Instant.FromMilliseconds(5_000), timer.Deadline);
    }

    [Fact] // RFC 4028 §9: below our minimum, a peer that supports timers gets 422.
    public void AnIntervalBelowOurMinimum_IsTooSmall_IfThePeerKnowsTimers()
    {
        var policy = SessionTimerPolicy.Default with { IntervalMin = TimeSpan.FromSeconds(300) };

        Assert.True(policy.Answer(Expires(299, null), null, isSupported: true).IsTooSmall);
        Assert.False(policy.Answer(Expires(300, null), null, isSupported: true).IsTooSmall);
        Assert.False(policy.Answer(Expires(299, null), null, isSupported: false).IsTooSmall);
    }

    [Theory] // RFC 4028 §9: may be shortened, not below the peer's Min-SE, and never lengthened.
    [InlineData(3600L, 0, 1800)]
    [InlineData(3600L, 2400, 2400)]
    [InlineData(600L, 0, 600)]
    [InlineData(600L, 900, 600)]
    [InlineData(0L, 0, 1800)]
    [InlineData(0L, 2400, 2400)]
    [InlineData(4_294_967_295L, 0, 1800)]
    public void TheAnswer_ShortensButNeverLengthens(long askedSeconds, int minSeconds, int expectedSeconds)
    {
        // 0 means that the request had no such header.
        SessionExpires? asked = askedSeconds > 0 ? Expires(askedSeconds, null) : null;
        TimeSpan? minSe = minSeconds > 0 ? TimeSpan.FromSeconds(minSeconds) : null;

        var verdict = SessionTimerPolicy.Default.Answer(asked, minSe, isSupported: true);

        Assert.Equal(TimeSpan.FromSeconds(expectedSeconds), verdict.Expires.Interval);
    }

    [Theory] // RFC 4028 §9, table 2.
    [InlineData(false, null, SessionRefresher.Uas, false)]
    [InlineData(true, null, SessionRefresher.Uac, true)]
    [InlineData(true, SessionRefresher.Uac, SessionRefresher.Uac, true)]
    [InlineData(true, SessionRefresher.Uas, SessionRefresher.Uas, false)]
    public void TheRefresher_FollowsTable2(
        bool isSupported, SessionRefresher? asked, SessionRefresher expected, bool isRequired)
    {
        var verdict = SessionTimerPolicy.Default.Answer(Expires(1800, asked), null, isSupported);

        Assert.Equal(expected, verdict.Expires.Refresher);
        Assert.Equal(isRequired, verdict.IsTimerRequired);
    }

    [Fact] // RFC 4028 §7.3: after a 422 the request is tried again with its Min-SE.
    public void After422_TheRequestAsksForNoLessThanItsMinSe()
    {
        var policy = SessionTimerPolicy.Default;

        Assert.Equal(TimeSpan.FromSeconds(1800), policy.Ask(null, null).Interval);
        Assert.Equal(TimeSpan.FromSeconds(7200), policy.Ask(TimeSpan.FromSeconds(7200), null).Interval);
        Assert.Equal(TimeSpan.FromSeconds(1800), policy.Ask(TimeSpan.FromSeconds(90), null).Interval);
    }

    private static SessionExpires Expires(long seconds, SessionRefresher? refresher) =>
        new(TimeSpan.FromSeconds(seconds), refresher);
}
