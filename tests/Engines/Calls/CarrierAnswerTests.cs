using System.Text;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Sip;

namespace Farspan.Calls.Tests;

/// <summary>INVITE, 200, ACK, CANCEL and BYE on the carrier's side.</summary>
public sealed class CarrierAnswerTests
{
    private const string AnswerBody = Session
        + "m=audio 40000 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n";

    private const string Session =
        "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n";

    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private readonly ConnectorHarness _connector = new();

    [Fact]
    public void AnInviteWithoutOffer_GetsOneInThe200_AndMediaStartsWithTheAnswerInTheAck()
    {
        _connector.SendInvite(body: "");
        var ok = _connector.Responses.Last();
        Assert.Equal(200, ok.StatusCode);
        Assert.Contains(
            "m=audio 20000 RTP/", Encoding.UTF8.GetString(ok.Body.Span), StringComparison.Ordinal);
        Assert.Empty(_connector.Configured());

        _connector.Acknowledge(body: AnswerBody);

        Assert.Equal("192.0.2.1:40000", Assert.Single(_connector.Configured()).Audio.RemoteRtp.ToString());
        Assert.Null(_connector.Bye());
    }

    [Theory]
    [InlineData("")]
    [InlineData("v=0\r\nnonsense\r\n")]
    [InlineData(Session + "m=audio 0 RTP/AVP 0\r\n")]
    public void AnAckWithoutAUsableAnswer_EndsTheCallWithABye(string answer)
    {
        _connector.SendInvite(body: "");
        _connector.Acknowledge(body: answer);

        Assert.Equal(88, _connector.Bye()!.Reason!.Cause);
        Assert.Equal(CallOutcome.MediaNotAcceptable, _connector.Outcome());
        _connector.Reply(_connector.Bye()!, 200);
        _connector.AssertNothingIsLeft();
        Assert.Equal(1, _connector.Stops());
    }

    [Fact]
    public void ARetransmittedInvite_GetsTheLastProvisionalAgain_AndBeginsNoSecondCall()
    {
        _connector.MediaConnects = false;
        _connector.SendInvite();
        _connector.SendInvite();

        Assert.Equal([100, 180, 180], _connector.Statuses());
        Assert.Equal(1, _connector.Engine.Calls.Count);
    }

    [Fact]
    public void The200_IsRepeatedAtT1AndTwiceThat_UpToT2_UntilTheAck()
    {
        _connector.SendInvite();
        var seconds = new List<double>();
        for (var sent = 1; seconds.Count < 6;)
        {
            _connector.Pass(TimeSpan.FromMilliseconds(100));
            if (_connector.Statuses().Count(s => s == 200) > sent)
            {
                sent++;
                seconds.Add(_connector.Now.Milliseconds / 1000.0);
            }
        }

        Assert.Equal([0.5, 1.5, 3.5, 7.5, 11.5, 15.5], seconds);
        _connector.SendInvite();
        _connector.Acknowledge();
        var count = _connector.Responses.Count();
        _connector.Acknowledge();
        _connector.Pass(TimeSpan.FromSeconds(31));

        Assert.Equal(count, _connector.Responses.Count());
        Assert.Null(_connector.Bye());
    }

    [Fact]
    public void WithoutAnAck_ABye_AndTheEndOfTheContact_FollowAfter64T1_AndNotBefore()
    {
        _connector.SendInvite();
        _connector.Pass(TimeSpan.FromSeconds(32) - Tick);
        Assert.Null(_connector.Bye());
        Assert.Equal(0, _connector.Stops());

        _connector.Pass(Tick);

        Assert.NotNull(_connector.Bye());
        Assert.Equal(1, _connector.Stops());
        Assert.Equal(CallOutcome.NoAck, _connector.Outcome());
        _connector.AssertNothingIsLeft();
    }

    [Fact]
    public void AnAckWithAnotherCSeq_OrAnotherFromTag_AcknowledgesNothing()
    {
        _connector.SendInvite();
        _connector.Acknowledge(cseq: 7);
        _connector.SendSip(_connector.Request("ACK", 1, branch: "z9hG4bK-x").Replace(
            "tag=carrier", "tag=forged", StringComparison.Ordinal));
        _connector.Pass(TimeSpan.FromSeconds(1));

        Assert.Equal(2, _connector.Statuses().Count(s => s == 200));
    }

    [Fact]
    public void WhenTheContactEndsBeforeTheAck_TheByeWaitsForIt()
    {
        _connector.SendInvite();
        _connector.SendFrame(new Chime.AudioStatusFrame(410));
        _connector.Pass(TimeSpan.FromSeconds(2));
        Assert.Null(_connector.Bye());
        Assert.True(_connector.Statuses().Count(s => s == 200) > 1);

        _connector.Acknowledge();

        Assert.Equal(16, _connector.Bye()!.Reason!.Cause);
        _connector.Reply(_connector.Bye()!, 200);
        _connector.AssertNothingIsLeft();
        Assert.Equal(0, _connector.Stops());
    }

    [Fact]
    public void WhenTheContactEndsAndNoAckEverComes_TheByeFollowsAfter64T1_WithTheContactsReason()
    {
        _connector.SendInvite();
        _connector.SendFrame(new Chime.AudioStatusFrame(410));
        _connector.Pass(TimeSpan.FromSeconds(32) - Tick);
        Assert.Null(_connector.Bye());

        _connector.Pass(Tick);

        Assert.Equal(16, _connector.Bye()!.Reason!.Cause);
        Assert.Equal(CallOutcome.ContactEnded, _connector.Outcome());
        _connector.AssertNothingIsLeft();
    }

    [Fact]
    public void ABye_ThatOvertakesTheAck_EndsTheCall()
    {
        _connector.SendInvite();
        Assert.Equal(200, _connector.Ask("BYE", 2)!.StatusCode);
        _connector.Acknowledge();

        Assert.Null(_connector.Bye());
        _connector.AssertNothingIsLeft();
        Assert.Equal(1, _connector.Stops());
    }

    [Fact]
    public void ByesThatCross_AreBothAnswered_AndTheCallEndsOnce()
    {
        _connector.Establish();
        _connector.SendFrame(new Chime.AudioStatusFrame(410));
        var bye = _connector.Bye()!;
        Assert.Equal(200, _connector.Ask("BYE", 2)!.StatusCode);
        _connector.Reply(bye, 481);

        Assert.Equal(CallOutcome.ContactEnded, _connector.Outcome());
        _connector.AssertNothingIsLeft();
    }

    [Fact]
    public void AfterOurBye_TheDialogIsOver_ForEverythingButABye()
    {
        _connector.Establish();
        _connector.SendFrame(new Chime.AudioStatusFrame(410));

        Assert.Equal(481, _connector.Ask("INVITE", 2, ConnectorHarness.Offer)!.StatusCode);
        Assert.Equal(481, _connector.Ask("INFO", 3)!.StatusCode);
        _connector.Acknowledge(2);
        _connector.AssertNothingIsLeft();
        Assert.Single(_connector.Requests.Select(r => r.CSeq.Number).Distinct());
    }

    [Fact]
    public void AByeThatIsNeverAnswered_IsRepeatedFor64T1_AndThenForgotten()
    {
        _connector.Establish();
        _connector.SendFrame(new Chime.AudioStatusFrame(410));
        _connector.Pass(TimeSpan.FromSeconds(32) - Tick);
        Assert.Equal(1, _connector.Engine.Calls.Count);
        Assert.InRange(_connector.Requests.Count(r => r.Method == SipMethod.Bye), 10, 11);

        _connector.Pass(Tick);

        Assert.Equal(0, _connector.Engine.Calls.Count);
        _connector.AssertNothingIsLeft();
    }

    [Fact]
    public void ABye_InTheEarlyDialog_Is200_AndTheInvite487()
    {
        _connector.MediaConnects = false;
        _connector.SendInvite();
        Assert.Equal(200, _connector.Ask("BYE", 2)!.StatusCode);

        Assert.Equal([100, 180, 487], _connector.Statuses());
        _connector.AcknowledgeFailure();
        _connector.AssertNothingIsLeft();
        Assert.Equal(1, _connector.Stops());
    }

    [Theory]
    [InlineData(Stage.Opening, 0)]
    [InlineData(Stage.QuotaWait, 0)]
    [InlineData(Stage.StartInFlight, 1)]
    [InlineData(Stage.StartToBeRepeated, 0)]
    [InlineData(Stage.Joining, 1)]
    [InlineData(Stage.Gathering, 1)]
    [InlineData(Stage.Subscribing, 1)]
    [InlineData(Stage.Connecting, 1)]
    public void ACancel_AtEveryStage_Is200_AndTheInvite487_AndWhatWasBegunIsUndone(Stage stage, int stops)
    {
        var release = HoldAt(stage);
        _connector.SendInvite();
        _connector.SendSip(_connector.Request("CANCEL", 1));

        Assert.Equal([200], _connector.Statuses(SipMethod.Cancel));
        Assert.Equal(487, _connector.Statuses().Last());
        release();
        _connector.AcknowledgeFailure();
        _connector.AssertNothingIsLeft(TimeSpan.FromMinutes(12));
        Assert.Equal(stops, _connector.Stops());
        Assert.DoesNotContain(200, _connector.Statuses());
        Assert.Equal(CallOutcome.CallerCancelled, _connector.Outcome());
    }

    [Fact]
    public void ACancel_ThatCrossesThe200_IsAnswered_AndTheCallGoesOn()
    {
        _connector.SendInvite();
        _connector.SendSip(_connector.Request("CANCEL", 1));
        _connector.Acknowledge();
        _connector.Pass(TimeSpan.FromMinutes(1));

        Assert.Equal([200], _connector.Statuses(SipMethod.Cancel));
        Assert.DoesNotContain(487, _connector.Statuses());
        Assert.Equal(1, _connector.Engine.Calls.Count);
    }

    [Fact]
    public void ACancel_OfNothing_Is481()
    {
        _connector.SendSip(_connector.Request("CANCEL", 1));

        Assert.Equal([481], _connector.Statuses(SipMethod.Cancel));
    }

    [Fact]
    public void ACallWithoutMediaPorts_Is503_AndHasACallRecord()
    {
        _connector.OnMedia = command => command is MediaCommand.Open
            ? [new MediaEvent.OpenFailed(command.MediaId, "no ports")]
            : [];
        _connector.SendInvite();

        Assert.Equal([100, 503], _connector.Statuses());
        Assert.Equal(CallOutcome.MediaResources, _connector.Outcome());
        _connector.AcknowledgeFailure();
        _connector.AssertNothingIsLeft();
    }

    [Fact]
    public void PortsThatCannotBeHad_AfterTheCallerGaveUp_StillEndTheCall()
    {
        MediaCommand? open = null;
        _connector.OnMedia = command =>
        {
            open ??= command;
            return [];
        };
        _connector.SendInvite();
        _connector.SendSip(_connector.Request("CANCEL", 1));
        _connector.AcknowledgeFailure();
        _connector.Take(
            new ConnectorInput.MediaReported(new MediaEvent.OpenFailed(open!.MediaId, "no ports")));

        Assert.Equal(CallOutcome.CallerCancelled, _connector.Outcome());
        _connector.AssertNothingIsLeft();
    }

    [Theory]
    [InlineData("v=0\r\n", 400)]
    [InlineData(Session + "m=audio 4000 RTP/AVP 18\r\n", 488)]
    [InlineData(Session + "m=audio 4000 UDP/TLS/RTP/SAVPF 0\r\n", 488)]
    public void AnOfferThatCannotBeAnswered_HasItsRefusal_BeforeConnectIsAsked(string offer, int status)
    {
        _connector.SendInvite(body: offer);

        Assert.Equal([100, status], _connector.Statuses());
        Assert.True(_connector.Responses.Last().TryGetHeader("Warning", out _));
        _connector.AcknowledgeFailure();
        _connector.AssertNothingIsLeft();
        Assert.Empty(_connector.Log.OfType<ConnectorEffect.StartContact>());
    }

    [Fact]
    public void TheDialogRoute_IsToldToTheCaller_AndTakenByOurBye()
    {
        _connector.Establish("Record-Route: <sip:192.0.2.77;lr>\r\n");
        Assert.Single(_connector.Responses.Last().RecordRoutes);
        _connector.SendFrame(new Chime.AudioStatusFrame(410));

        Assert.Equal("192.0.2.77", _connector.Bye()!.RouteSet.Single().Uri.Host);
        Assert.Equal("carrier", _connector.Bye()!.RequestUri.User);
        Assert.Equal("192.0.2.77:5060", _connector.LastFlow().Remote.ToString());
    }

    public enum Stage
    {
        Opening,
        QuotaWait,
        StartInFlight,
        StartToBeRepeated,
        Joining,
        Gathering,
        Subscribing,
        Connecting,
    }

    // Holds the set-up back at a stage; the result lets what was asked for happen after all.
    private Action HoldAt(Stage stage)
    {
        List<ConnectorInput> late = [];
        switch (stage)
        {
            case Stage.Opening or Stage.Gathering:
                _connector.OnMedia = command =>
                {
                    var answers = _connector.AnswerMedia(command).ToArray();
                    var isHeld = command is MediaCommand.Open && stage == Stage.Opening
                        || command is MediaCommand.Gather && stage == Stage.Gathering;
                    late.AddRange(isHeld ? answers.Select(a => new ConnectorInput.MediaReported(a)) : []);
                    return isHeld ? [] : answers;
                };
                break;
            case Stage.QuotaWait:
                for (var i = 0; i < 1_000; i++)
                {
                    _connector.Governor.Adopt();
                }

                return () =>
                {
                    Outbox<QuotaEffect> effects = new();
                    for (var i = 0; i < 1_000; i++)
                    {
                        _connector.Governor.Release(_connector.Now, effects);
                    }

                    Assert.Equal(0, effects.Count);
                };
            case Stage.StartInFlight:
                _connector.OnStart = start =>
                {
                    late.Add(
                        new ConnectorInput.ContactStarted(start.IntentId, ConnectorHarness.Contact("late")));
                    return null;
                };
                break;
            case Stage.StartToBeRepeated:
                _connector.OnStart = start => new ConnectorInput.ContactStartFailed(
                    start.IntentId, new ConnectError(ConnectErrorKind.Throttled));
                break;
            case Stage.Joining:
                _connector.OnFrame = _ => [];
                break;
            case Stage.Subscribing:
                _connector.OnFrame = frame => frame is Chime.JoinFrame
                    ? [new Chime.JoinAckFrame(), new Chime.IndexFrame()]
                    : [];
                break;
            default:
                _connector.MediaConnects = false;
                break;
        }

        return () => late.ForEach(_connector.Take);
    }
}
