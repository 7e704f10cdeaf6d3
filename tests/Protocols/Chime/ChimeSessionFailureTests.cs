using Farspan.Chime;
using Farspan.Kernel;

namespace Farspan.Chime.Tests;

public sealed class ChimeSessionFailureTests
{
    private readonly ChimeSessionDriver _driver = new();

    [Theory]
    [InlineData(4410, ChimeEndReason.MeetingEnded)]
    [InlineData(4401, ChimeEndReason.BadRequest)]
    [InlineData(4499, ChimeEndReason.BadRequest)]
    [InlineData(4600, ChimeEndReason.BadRequest)]
    [InlineData(1000, ChimeEndReason.BadRequest)]
    [InlineData(1008, ChimeEndReason.BadRequest)]
    public void ACloseWhileJoining_IsAVerdict(int code, ChimeEndReason reason)
    {
        _driver.Open().Opened().Closed(code);

        Assert.Equal(new ChimeEnd(reason) { Code = code }, _driver.End);
    }

    [Theory]
    [InlineData(4500)]
    [InlineData(4599)]
    [InlineData(1001)]
    [InlineData(1006)]
    [InlineData(1011)]
    [InlineData(1012)]
    [InlineData(1013)]
    public void AServersTrouble_WhileJoining_IsTriedAgain_UntilFifteenSecondsAreOver(int code)
    {
        _driver.Open();
        while (_driver.End is null)
        {
            if (_driver.Session.State == ChimeSessionState.Opening)
            {
                _driver.Opened().Closed(code);
            }

            _driver.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(TimeSpan.FromSeconds(15), _driver.Now - Instant.Zero);
        Assert.Equal(code, _driver.End.Code);
        Assert.True(_driver.End.IsRejoinAllowed);
        Assert.InRange(_driver.Session.Socket, 4, 30);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1006)]
    [InlineData(4410)]
    [InlineData(4401)]
    [InlineData(4500)]
    public void AClose_InACall_IsConfirmedByRejoiningAtOnce(int code)
    {
        _driver.ReachSubscribed().StayHealthy().Closed(code);

        Assert.Collection(
            _driver.Last,
            effect => Assert.Equal(code, Assert.IsType<ChimeEffect.Rejoining>(effect).Cause.Code),
            effect => Assert.Equal(2, Assert.IsType<ChimeEffect.OpenSocket>(effect).Socket));
    }

    [Fact]
    public void ARejoin_KeepsTheAudioSession_AndNeedsANewOffer()
    {
        _driver.ReachSubscribed().StayHealthy().Closed(1006).Opened();
        var join = _driver.LastSent.OfType<JoinFrame>().Single();
        _driver.Receive(new JoinAckFrame()).Receive(new IndexFrame());

        Assert.Equal(_driver.Session.AudioSessionId, join.AudioSessionId);
        Assert.IsType<ChimeEffect.Joined>(Assert.Single(_driver.Last));
        _driver.SubscribeAndAnswer();
        Assert.Equal(ChimeSessionState.Subscribed, _driver.Session.State);
        Assert.Null(_driver.End);
    }

    [Fact]
    public void ARejoin_FindsOutThatTheMeetingIsOver()
    {
        _driver.ReachSubscribed().StayHealthy().Closed(1000).Opened().Closed(4410);

        Assert.Equal(new ChimeEnd(ChimeEndReason.MeetingEnded) { Code = 4410 }, _driver.End);
    }

    [Fact]
    public void ASuccess_ThatDoesNotHold_IsFollowedByABackOff()
    {
        _driver.ReachSubscribed().Closed(1006);
        Assert.Equal(ChimeSessionState.BackingOff, _driver.Session.State);

        _driver.Advance(TimeSpan.FromSeconds(1)).Opened();
        Assert.Equal(ChimeSessionState.Joining, _driver.Session.State);
    }

    [Fact]
    public void EventsOfAnOlderSocket_AreIgnored()
    {
        _driver.ReachSubscribed().StayHealthy().Closed(1006).Opened();

        _driver.Do((s, now, outbox) => s.SocketClosed(1, 4410, "", now, outbox));
        _driver.Do((s, now, o) => s.SocketReceived(
            1, new AudioStatusFrame(301).Encode(SignalDirection.ServerToClient), now, o));

        Assert.Equal(ChimeSessionState.Joining, _driver.Session.State);
        Assert.Null(_driver.End);
    }

    [Theory]
    [InlineData(301u, ChimeEndReason.Displaced)]
    [InlineData(302u, ChimeEndReason.AudioDisconnected)]
    [InlineData(403u, ChimeEndReason.AuthRejected)]
    [InlineData(409u, ChimeEndReason.AtCapacity)]
    [InlineData(410u, ChimeEndReason.MeetingEnded)]
    [InlineData(411u, ChimeEndReason.AttendeeRemoved)]
    [InlineData(0u, ChimeEndReason.AudioDisconnected)]
    [InlineData(499u, ChimeEndReason.AudioDisconnected)]
    public void AnAudioStatus_EndsTheSession(uint status, ChimeEndReason reason)
    {
        _driver.ReachSubscribed().Receive(new AudioStatusFrame(status));

        Assert.Equal(new ChimeEnd(reason) { Code = (int)status }, _driver.End);
        Assert.Contains(new ChimeEffect.CloseSocket(1, 1000), _driver.Last);
    }

    [Theory]
    [InlineData(200u)]
    [InlineData(299u)]
    public void AnAudioStatus_OfTwoHundred_IsGood(uint status) =>
        Assert.Empty(_driver.ReachSubscribed().Receive(new AudioStatusFrame(status)).Last);

    [Theory]
    [InlineData(500u)]
    [InlineData(503u)]
    public void AnAudioStatus_OfFiveHundred_Rejoins(uint status)
    {
        _driver.ReachSubscribed().StayHealthy().Receive(new AudioStatusFrame(status));

        Assert.Equal(
            ChimeEndReason.ServiceError, _driver.Last.OfType<ChimeEffect.Rejoining>().Single().Cause.Reason);
        Assert.Equal(ChimeSessionState.Opening, _driver.Session.State);
    }

    [Theory]
    [InlineData(206u, ChimeEndReason.AtCapacity)]
    [InlineData(403u, ChimeEndReason.AuthRejected)]
    [InlineData(409u, ChimeEndReason.AtCapacity)]
    [InlineData(509u, ChimeEndReason.AtCapacity)]
    [InlineData(400u, ChimeEndReason.BadRequest)]
    [InlineData(410u, ChimeEndReason.BadRequest)]
    public void AnErrorFrame_EndsTheSession(uint status, ChimeEndReason reason)
    {
        _driver.Open().Opened().Receive(new ErrorFrame((int)SignalFrameType.JoinAck, status, "why"));

        Assert.Equal(new ChimeEnd(reason) { Code = (int)status, Detail = "why" }, _driver.End);
    }

    [Fact]
    public void AnErrorFrame_OfFiveHundred_IsTriedAgain() =>
        Assert.Equal(
            ChimeSessionState.BackingOff,
            _driver.Open().Opened().Receive(new ErrorFrame(2, 500, "")).Session.State);

    [Theory]
    [InlineData(401, ChimeEndReason.AuthRejected)]
    [InlineData(403, ChimeEndReason.AuthRejected)]
    [InlineData(404, ChimeEndReason.BadRequest)]
    [InlineData(410, ChimeEndReason.MeetingEnded)]
    public void ARefusedUpgrade_EndsTheSession(int httpStatus, ChimeEndReason reason)
    {
        _driver.Open().Do((s, now, outbox) => s.SocketRefused(s.Socket, httpStatus, now, outbox));

        Assert.Equal([new ChimeEffect.Ended(new ChimeEnd(reason) { Code = httpStatus })], _driver.Last);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public void ARefusedUpgrade_OfABusyServer_IsTriedAgain(int httpStatus)
    {
        _driver.Open().Do((s, now, outbox) => s.SocketRefused(s.Socket, httpStatus, now, outbox));

        Assert.Equal(ChimeSessionState.BackingOff, _driver.Session.State);
    }

    [Fact]
    public void AnOwner_WhoKnowsThatMediaIsDead_RejoinsAtOnce()
    {
        _driver.ReachSubscribed().StayHealthy().Do((s, now, outbox) => s.Rejoin(now, outbox));

        Assert.Collection(
            _driver.Last,
            effect => Assert.IsType<ChimeEffect.Rejoining>(effect),
            effect => Assert.Equal(new ChimeEffect.CloseSocket(1, 1000), effect),
            effect => Assert.IsType<ChimeEffect.OpenSocket>(effect));
        Assert.Empty(_driver.Do((s, now, outbox) => s.Rejoin(now, outbox)).Last);
    }
}
