using System.Globalization;
using Farspan.Sip;

namespace Farspan.Calls.Tests;

/// <summary>Session timers (RFC 4028), both ways, on both sides of each edge.</summary>
public sealed class CarrierRefreshTests
{
    private const string WeRefresh = "Supported: timer\r\nSession-Expires: 90;refresher=uas\r\n";
    private const string TheyRefresh = "Supported: timer\r\nSession-Expires: 90;refresher=uac\r\n";
    private const string AllowsUpdate = "Allow: INVITE, ACK, BYE, CANCEL, UPDATE\r\n";

    private const string Answer =
        "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
        + "m=audio 40000 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n";

    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private readonly ConnectorHarness _connector = new();

    [Fact]
    public void WhoeverAsks_IsToldWhoRefreshes_AndThatTimerIsRequired()
    {
        _connector.SendInvite(headers: TheyRefresh);
        var ok = _connector.Responses.Last();

        Assert.Equal(new SessionExpires(TimeSpan.FromSeconds(90), SessionRefresher.Uac), ok.SessionExpires);
        Assert.Equal(["timer"], ok.Require);
        Assert.Contains("timer", ok.Supported);
    }

    [Fact]
    public void APeerWithoutSessionTimers_IsRefreshedByUs_AfterHalfOfHalfAnHour()
    {
        _connector.Establish();
        Assert.Equal(SessionRefresher.Uas, _connector.Responses.Last().SessionExpires!.Value.Refresher);
        _connector.Pass(TimeSpan.FromMinutes(15) - Tick);
        Assert.Empty(_connector.Requests);

        _connector.Pass(Tick);

        Assert.Equal(SipMethod.Invite, _connector.Requests.Single().Method);
    }

    [Fact]
    public void AnIntervalBelowOurs_Is422_WithMinSe()
    {
        _connector.SendInvite(headers: "Supported: timer\r\nSession-Expires: 60\r\n");
        var refusal = _connector.Responses.Last();

        Assert.Equal(422, refusal.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(90), refusal.MinSe);
        _connector.AcknowledgeFailure();
        _connector.AssertNothingIsLeft();
        Assert.Equal(CallOutcome.InviteNotAcceptable, _connector.Outcome());
    }

    [Fact]
    public void WithoutARefreshOfTheCarriers_TheSessionEnds_AThirdBeforeItsTime_AndNotBefore()
    {
        _connector.Establish(TheyRefresh);
        _connector.Pass(TimeSpan.FromSeconds(60) - Tick);
        Assert.Empty(_connector.Requests);

        _connector.Pass(Tick);

        Assert.NotNull(_connector.Bye());
        Assert.Equal(CallOutcome.SessionExpired, _connector.Outcome());
        _connector.Reply(_connector.Bye()!, 200);
        _connector.AssertNothingIsLeft();
        Assert.Equal(1, _connector.Stops());
    }

    [Theory]
    [InlineData("UPDATE")]
    [InlineData("INVITE")]
    public void ARefreshOfTheCarriers_BeginsTheTimeAnew(string method)
    {
        _connector.Establish(TheyRefresh);
        _connector.Pass(TimeSpan.FromSeconds(50));
        var body = method == "INVITE" ? ConnectorHarness.Offer : "";
        var ok = _connector.Ask(method, 2, body, TheyRefresh)!;
        Assert.Equal(TimeSpan.FromSeconds(90), ok.SessionExpires!.Value.Interval);
        _connector.Acknowledge(2);
        _connector.Pass(TimeSpan.FromSeconds(60) - Tick);
        Assert.Null(_connector.Bye());

        _connector.Pass(Tick);

        Assert.NotNull(_connector.Bye());
    }

    [Fact]
    public void AnUpdateBelowOurMinimum_Is422_AndRefreshesNothing()
    {
        _connector.Establish(TheyRefresh);
        _connector.Pass(TimeSpan.FromSeconds(50));
        Assert.Equal(422, _connector.Ask(
            "UPDATE", 2, headers: "Supported: timer\r\nSession-Expires: 89\r\n")!.StatusCode);
        _connector.Pass(TimeSpan.FromSeconds(10));

        Assert.NotNull(_connector.Bye());
    }

    [Fact]
    public void AsRefresher_WeSendUpdateAtHalfTime_WhereItIsAllowed_AndGoOnDoingSo()
    {
        _connector.Establish(WeRefresh + AllowsUpdate);
        for (var round = 1; round <= 5; round++)
        {
            _connector.Pass(TimeSpan.FromSeconds(45) - Tick);
            Assert.Equal(round - 1, _connector.Requests.Count());
            _connector.Pass(Tick);
            Assert.Equal(round, _connector.Requests.Count());
            var update = _connector.Requests.Last();
            Assert.Equal(SipMethod.Update, update.Method);
            Assert.Equal(SessionRefresher.Uac, update.SessionExpires!.Value.Refresher);
            Assert.Equal(0, update.Body.Length);
            _connector.Reply(update, 200, "", ("Session-Expires", "90;refresher=uac"));
        }

        Assert.Null(_connector.Bye());
    }

    [Fact]
    public void AsRefresher_WithoutUpdate_WeReinviteWithTheSameSession_AndAcknowledgeEach2xx()
    {
        _connector.Establish(WeRefresh);
        _connector.Pass(TimeSpan.FromSeconds(45));
        var invite = _connector.Requests.Single();
        Assert.Equal(SipMethod.Invite, invite.Method);
        Assert.NotNull(invite.Contact);

        _connector.Reply(invite, 200, Answer, ("Session-Expires", "90;refresher=uac"));
        _connector.Reply(invite, 200, Answer, ("Session-Expires", "90;refresher=uac"));

        var acks = _connector.Requests.Where(r => r.Method == SipMethod.Ack).ToArray();
        Assert.Equal([invite.CSeq.Number, invite.CSeq.Number], acks.Select(a => a.CSeq.Number));
        _connector.Pass(TimeSpan.FromSeconds(45));
        Assert.Equal(2, _connector.Requests.Count(r => r.Method == SipMethod.Invite));
        Assert.Single(_connector.Events, e => e.Kind == CallEventKind.MediaChanged);
    }

    [Fact]
    public void ARefreshThatMeets422_AsksAgainWithTheMinimum_AndDoesNotLoop()
    {
        _connector.Establish(WeRefresh + AllowsUpdate);
        _connector.Pass(TimeSpan.FromSeconds(45));
        _connector.Reply(_connector.Requests.Last(), 422, "", ("Min-SE", "3600"));
        var second = _connector.Requests.Last();
        Assert.Equal(TimeSpan.FromHours(1), second.SessionExpires!.Value.Interval);

        _connector.Reply(second, 422, "", ("Min-SE", "3600"));

        Assert.Equal(2, _connector.Requests.Count());
        _connector.Pass(TimeSpan.FromSeconds(15));
        Assert.NotNull(_connector.Bye());
    }

    [Theory]
    [InlineData(405)]
    [InlineData(501)]
    public void AnUpdateThatIsNotKnownAfterAll_IsFollowedByAReinvite(int status)
    {
        _connector.Establish(WeRefresh + AllowsUpdate);
        _connector.Pass(TimeSpan.FromSeconds(45));
        _connector.Reply(_connector.Requests.Last(), status);

        Assert.Equal([SipMethod.Update, SipMethod.Invite], _connector.Requests.Select(r => r.Method));
    }

    [Theory]
    [InlineData(408)]
    [InlineData(481)]
    public void ARefreshThatShowsADeadDialog_IsFollowedByABye(int status)
    {
        _connector.Establish(WeRefresh + AllowsUpdate);
        _connector.Pass(TimeSpan.FromSeconds(45));
        _connector.Reply(_connector.Requests.Last(), status);

        Assert.NotNull(_connector.Bye());
        Assert.Equal(CallOutcome.CarrierLost, _connector.Outcome());
        _connector.Reply(_connector.Bye()!, 481);
        _connector.AssertNothingIsLeft();
        Assert.Equal(1, _connector.Stops());
    }

    [Fact]
    public void ARefreshThatMeets491_ComesAgainWithinTwoSeconds()
    {
        _connector.Establish(WeRefresh);
        _connector.Pass(TimeSpan.FromSeconds(45));
        _connector.Reply(_connector.Requests.Last(), 491);
        Assert.Single(_connector.Requests, r => r.Method == SipMethod.Invite);

        _connector.Pass(TimeSpan.FromSeconds(2));

        var invites = _connector.Requests.Where(r => r.Method == SipMethod.Invite).ToArray();
        Assert.Equal([1u, 2u], invites.Select(r => r.CSeq.Number).Distinct());
        _connector.Reply(invites[^1], 200, Answer, ("Session-Expires", "90;refresher=uac"));
        _connector.Pass(TimeSpan.FromSeconds(44));
        Assert.Null(_connector.Bye());
    }

    [Fact]
    public void ARefreshThatIsPutOff_ComesAgainWhenItMay()
    {
        _connector.Establish(WeRefresh + AllowsUpdate);
        _connector.Pass(TimeSpan.FromSeconds(45));
        _connector.Reply(_connector.Requests.Last(), 500, "", ("Retry-After", "9"));
        _connector.Pass(TimeSpan.FromSeconds(9) - Tick);
        Assert.Single(_connector.Requests);

        _connector.Pass(Tick);

        Assert.Equal(2, _connector.Requests.Count());
    }

    [Fact]
    public void ARefreshWithoutAnAnswer_EndsTheCall()
    {
        _connector.Establish("Supported: timer\r\nSession-Expires: 200;refresher=uas\r\n" + AllowsUpdate);
        _connector.Pass(TimeSpan.FromSeconds(132) - Tick);
        Assert.Null(_connector.Bye());
        _connector.Pass(Tick);

        Assert.NotNull(_connector.Bye());
        Assert.Equal(CallOutcome.CarrierLost, _connector.Outcome());
        _connector.AssertNothingIsLeft();
    }

    [Fact]
    public void AReinviteOfTheCarriers_ThatMeetsOurs_Is491()
    {
        _connector.Establish(WeRefresh);
        _connector.Pass(TimeSpan.FromSeconds(45));

        Assert.Equal(491, _connector.Ask("INVITE", 2, ConnectorHarness.Offer)!.StatusCode);
        Assert.Equal(491, _connector.Ask("UPDATE", 3, ConnectorHarness.Offer)!.StatusCode);
        _connector.Reply(_connector.Requests.Last(), 200, Answer, ("Session-Expires", "90;refresher=uac"));
        _connector.AcknowledgeFailure(2);
        Assert.Equal(200, _connector.Ask("INVITE", 4, ConnectorHarness.Offer)!.StatusCode);
    }

    [Fact]
    public void ABye_WhileOurReinviteIsPending_EndsTheCall_AndTheReinviteIsNotWaitedForForEver()
    {
        _connector.Establish(WeRefresh);
        _connector.Pass(TimeSpan.FromSeconds(45));
        _connector.Reply(_connector.Requests.Last(), 100);
        Assert.Equal(200, _connector.Ask("BYE", 2)!.StatusCode);

        Assert.Equal(0, _connector.Engine.Calls.Count);
        _connector.AssertNothingIsLeft();
    }

    [Fact]
    public void OurBye_WhileOurReinviteIsPending_TakesItBack_AndALate2xxGetsItsAck()
    {
        _connector.Establish(WeRefresh);
        _connector.Pass(TimeSpan.FromSeconds(45));
        var invite = _connector.Requests.Last();
        _connector.Reply(invite, 100);
        _connector.SendFrame(new Chime.AudioStatusFrame(410));
        Assert.Contains(_connector.Requests, r => r.Method == SipMethod.Cancel);
        _connector.Reply(invite, 200, Answer);

        Assert.Contains(
            _connector.Requests, r => r.Method == SipMethod.Ack && r.CSeq.Number == invite.CSeq.Number);
        _connector.Reply(_connector.Bye()!, 200);
        _connector.AssertNothingIsLeft();
    }

    [Fact]
    public void AReinviteThatOnlyGets1xx_DoesNotOutliveTheSession()
    {
        _connector.Establish(WeRefresh);
        _connector.Pass(TimeSpan.FromSeconds(45));
        _connector.Reply(_connector.Requests.Last(), 180);
        _connector.Pass(TimeSpan.FromSeconds(15));

        Assert.NotNull(_connector.Bye());
        Assert.Equal(CallOutcome.SessionExpired, _connector.Outcome());
        _connector.AssertNothingIsLeft();
    }

    [Fact]
    public void OurCSeq_GrowsByOne_OverAllMethods()
    {
        _connector.Establish(WeRefresh + AllowsUpdate);
        for (var i = 0; i < 3; i++)
        {
            _connector.Pass(TimeSpan.FromSeconds(45));
            _connector.Reply(_connector.Requests.Last(), 200, "", ("Session-Expires", "90;refresher=uac"));
        }

        _connector.SendFrame(new Chime.AudioStatusFrame(410));
        Assert.Equal(
            ["1", "2", "3", "4"],
            _connector.Requests.Select(r => r.CSeq.Number.ToString(CultureInfo.InvariantCulture)));
    }
}
