using Farspan.Chime;
using Farspan.Kernel;

namespace Farspan.Chime.Tests;

public sealed class ChimeSessionTimerTests
{
    private readonly ChimeSessionDriver _driver = new();

    [Fact]
    public void AFirstStart_EndsWhenTheSocketDoesNotOpenInFiveSeconds() =>
        _driver.Open().AssertEndsExactlyAfter(TimeSpan.FromSeconds(5), TimedOut(ChimeStage.Open));

    [Fact]
    public void AFirstStart_EndsWithoutJoinAckAfterFiveSeconds() =>
        _driver.Open().Opened().AssertEndsExactlyAfter(TimeSpan.FromSeconds(5), TimedOut(ChimeStage.Join));

    [Fact]
    public void AFirstStart_EndsWithoutIndexAfterFiveSeconds() =>
        _driver.Open().Opened().Receive(new JoinAckFrame())
            .AssertEndsExactlyAfter(TimeSpan.FromSeconds(5), TimedOut(ChimeStage.Index));

    [Fact]
    public void AFirstStart_EndsWithoutSubscribeAckAfterFiveSeconds() =>
        _driver.Join().Subscribe()
            .AssertEndsExactlyAfter(TimeSpan.FromSeconds(5), TimedOut(ChimeStage.Subscribe));

    [Fact]
    public void AFirstStart_MayTakeFifteenSecondsInAll()
    {
        _driver.Join().Receive(new PingPongFrame(IsPong: true, 1))
            .AssertEndsExactlyAfter(TimeSpan.FromSeconds(15), TimedOut(ChimeStage.Offer));
    }

    [Fact]
    public void Leaving_TakesTwoSecondsAtMost()
    {
        _driver.ReachSubscribed().Do((s, now, outbox) => s.Leave(now, outbox))
            .AssertEndsExactlyAfter(TimeSpan.FromSeconds(2), new ChimeEnd(ChimeEndReason.Left));
    }

    [Fact]
    public void Pings_GoOutEveryTenSeconds_ForAsLongAsTheyAreAnswered()
    {
        _driver.ReachSubscribed().Receive(new PingPongFrame(IsPong: true, 1));
        for (var id = 2u; id < 50; id++)
        {
            _driver.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal(
                new PingPongFrame(IsPong: false, id) { TimestampMs = (ulong)_driver.Now.Milliseconds },
                Assert.Single(_driver.LastSent));
            _driver.Receive(new PingPongFrame(IsPong: true, id));
        }

        Assert.Single(_driver.Log.OfType<ChimeEffect.OpenSocket>());
    }

    [Fact]
    public void TwoUnansweredPings_LoseTheSignalling_AtTheTimeOfTheThird()
    {
        _driver.ReachSubscribed();

        _driver.Advance(TimeSpan.FromSeconds(20) - TimeSpan.FromTicks(1));
        Assert.Empty(_driver.Log.OfType<ChimeEffect.Rejoining>());
        _driver.Advance(TimeSpan.FromTicks(1));

        Assert.Collection(
            _driver.Last,
            effect => Assert.Equal(
                ChimeEndReason.SignalingLost, Assert.IsType<ChimeEffect.Rejoining>(effect).Cause.Reason),
            effect => Assert.Equal(new ChimeEffect.CloseSocket(1, 1000), effect),
            effect => Assert.Equal(2, Assert.IsType<ChimeEffect.OpenSocket>(effect).Socket));
    }

    [Fact]
    public void APong_ForAPingThatWasNeverSent_DoesNotCount()
    {
        _driver.ReachSubscribed().Receive(new PingPongFrame(IsPong: true, 7));
        _driver.Advance(TimeSpan.FromSeconds(20));

        Assert.Single(_driver.Log.OfType<ChimeEffect.Rejoining>());
    }

    [Fact]
    public void ARejoin_EndsSixtySecondsAfterTheLoss_AndTheSeatIsThenGone()
    {
        _driver.ReachSubscribed().StayHealthy().Closed(1006);
        var lostAt = _driver.Now;
        while (_driver.End is null)
        {
            if (_driver.Session.State == ChimeSessionState.Opening)
            {
                _driver.Closed(1006);
            }

            _driver.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(TimeSpan.FromSeconds(60), _driver.Now - lostAt);
        Assert.Equal(new ChimeEnd(ChimeEndReason.SignalingLost) { Code = 1006 }, _driver.End);
        Assert.False(_driver.End.IsRejoinAllowed);
        Assert.InRange(_driver.Session.Socket, 10, 60); // Back-off: neither a storm nor a sleep.
    }

    [Fact]
    public void ARejoin_TriesAgain_WhenAStageStaysSilent()
    {
        _driver.ReachSubscribed().StayHealthy().Closed(1006).Opened();

        _driver.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(ChimeSessionState.BackingOff, _driver.Session.State);
        _driver.Advance(TimeSpan.FromSeconds(0.5));

        Assert.Equal(ChimeSessionState.Opening, _driver.Session.State);
        Assert.Null(_driver.End);
    }

    [Fact]
    public void ASessionThatContinuesAnother_HasTheRejoinWindow()
    {
        var driver = new ChimeSessionDriver(audioSessionId: 7).Open();

        driver.Advance(TimeSpan.FromSeconds(60) - TimeSpan.FromTicks(1));
        Assert.Null(driver.End);
        driver.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(ChimeEndReason.TimedOut, driver.End!.Reason);
        Assert.False(driver.End.IsRejoinAllowed);
    }

    [Fact]
    public void AStall_OverEverything_EndsTheSessionInsteadOfRetrying()
    {
        _driver.Open().Do((s, _, outbox) => s.Expire(Instant.FromMilliseconds(3_600_000), outbox));

        Assert.Equal(ChimeEndReason.TimedOut, _driver.End!.Reason);
        Assert.Single(_driver.Log.OfType<ChimeEffect.OpenSocket>());
    }

    private static ChimeEnd TimedOut(ChimeStage stage) =>
        new(ChimeEndReason.TimedOut) { Stage = stage, IsRejoinAllowed = true };
}
