using Farspan.Chime;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Sip;

namespace Farspan.Calls.Tests;

public sealed class CallTests
{
    private readonly ConnectorHarness _connector = new();

    [Fact]
    public void ACall_Rings_AndIsAnsweredOnlyWhenTheContactLegCarriesMedia()
    {
        _connector.MediaConnects = false;
        _connector.SendInvite();
        Assert.Equal([100, 180], _connector.Responses.Select(r => r.StatusCode));

        _connector.Take(new ConnectorInput.MediaReported(
            new MediaEvent.ContactConnected(_connector.LastMedia, "host-host")));

        Assert.Equal([100, 180, 200], _connector.Responses.Select(r => r.StatusCode));
        Assert.Contains("m=audio 20000 RTP/AVP 0 101", System.Text.Encoding.UTF8.GetString(
            _connector.Responses.Last().Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void TheJournal_KnowsOfTheContactBeforeConnectDoes()
    {
        _connector.SendInvite();

        var order = _connector.Log
            .Where(e => e is ConnectorEffect.WriteJournal or ConnectorEffect.StartContact).ToList();
        Assert.IsType<ContactJournalEntry.StartIntended>(
            Assert.IsType<ConnectorEffect.WriteJournal>(order[0]).Entry);
        Assert.IsType<ConnectorEffect.StartContact>(order[1]);
    }

    [Fact]
    public void WhenTheCallerHangsUp_TheSeatIsLeft_AndTheContactStoppedOnce()
    {
        _connector.Establish();
        _connector.SendSip(_connector.Request("BYE", 2));

        Assert.Equal(200, _connector.Responses.Last().StatusCode);
        Assert.Single(_connector.Log.OfType<ConnectorEffect.StopContact>());
        Assert.Contains(_connector.Frames(), f => f is LeaveFrame);
        Assert.Equal(CallOutcome.CallerHungUp, _connector.Ended["outcome"]);
        _connector.AssertNothingIsLeft();
    }

    [Fact]
    public void WhenConnectEndsTheContact_TheCallerGetsAByeWithTheReason_AndNothingIsStopped()
    {
        _connector.Establish();
        _connector.SendFrame(new AudioStatusFrame(410));

        var bye = Assert.Single(_connector.Requests);
        Assert.Equal(SipMethod.Bye, bye.Method);
        Assert.Equal(16, bye.Reason!.Cause);
        Assert.Empty(_connector.Log.OfType<ConnectorEffect.StopContact>());
        _connector.SendSip(Response(bye, 200));
        _connector.AssertNothingIsLeft();
    }

    [Fact]
    public void WhenTheAttendeeJoinedElsewhere_TheNodeIsSilent_ToTheCarrierAndToConnect()
    {
        _connector.Establish();
        var before = _connector.Sent.Count();
        _connector.SendFrame(new AudioStatusFrame(301));
        _connector.Pass(TimeSpan.FromMinutes(40));

        Assert.Equal(before, _connector.Sent.Count());
        Assert.Empty(_connector.Log.OfType<ConnectorEffect.StopContact>());
        Assert.DoesNotContain(_connector.Frames(), f => f is LeaveFrame);
        _connector.AssertNothingIsLeft();
    }

    [Fact]
    public void ACancelWhileTheStartIsOnItsWay_IsAnswered_AndTheContactIsStoppedWhenItTurnsUp()
    {
        ConnectorEffect.StartContact? pending = null;
        _connector.OnStart = start =>
        {
            pending = start;
            return null;
        };
        _connector.SendInvite();
        _connector.SendSip(_connector.Request("CANCEL", 1));
        Assert.Contains(_connector.Responses, r => r.StatusCode == 487);
        Assert.Empty(_connector.Log.OfType<ConnectorEffect.StopContact>());

        _connector.Take(
            new ConnectorInput.ContactStarted(pending!.IntentId, ConnectorHarness.Contact("late")));

        Assert.Equal("late", Assert.Single(_connector.Log.OfType<ConnectorEffect.StopContact>()).ContactId);
        _connector.AssertNothingIsLeft();
    }

    [Fact]
    public void AStartThatTimedOut_IsRepeatedWithItsToken_UntilItsFateIsKnown_ThoughTheCallerIsGone()
    {
        var attempts = 0;
        _connector.OnStart = start => ++attempts < 4
            ? new ConnectorInput.ContactStartFailed(
                start.IntentId, new ConnectError(ConnectErrorKind.TimedOut))
            : new ConnectorInput.ContactStarted(start.IntentId, ConnectorHarness.Contact("found"));
        _connector.SendInvite();
        _connector.SendSip(_connector.Request("CANCEL", 1));
        _connector.Pass(TimeSpan.FromMinutes(1));

        var starts = _connector.Log.OfType<ConnectorEffect.StartContact>().ToList();
        Assert.Equal(4, starts.Count);
        Assert.Single(starts.Select(s => s.Request.ClientToken).Distinct());
        Assert.Equal("found", Assert.Single(_connector.Log.OfType<ConnectorEffect.StopContact>()).ContactId);
        _connector.AssertNothingIsLeft();
    }

    [Theory]
    [InlineData(ConnectErrorKind.AccessDenied, 502)]
    [InlineData(ConnectErrorKind.ResourceNotFound, 502)]
    [InlineData(ConnectErrorKind.LimitExceeded, 503)]
    [InlineData(ConnectErrorKind.InvalidActiveRegion, 503)]
    public void AFinalRefusalOfConnect_HasItsSipAnswer_AtOnce(ConnectErrorKind kind, int status)
    {
        _connector.OnStart = start => new ConnectorInput.ContactStartFailed(
            start.IntentId, new ConnectError(kind));
        _connector.SendInvite();

        Assert.Equal(status, _connector.Responses.Last().StatusCode);
        Assert.NotNull(_connector.Responses.Last().Reason);
        _connector.AcknowledgeFailure();
        _connector.AssertNothingIsLeft();
    }

    [Fact]
    public void Throttling_IsRepeatedInsideTheRingingLimit_Then503WithRetryAfter()
    {
        _connector.OnStart = start =>
            new ConnectorInput.ContactStartFailed(
                start.IntentId, new ConnectError(ConnectErrorKind.Throttled));
        _connector.SendInvite();
        _connector.Pass(TimeSpan.FromSeconds(19.9));
        Assert.Equal(180, _connector.Responses.Last().StatusCode);
        Assert.InRange(_connector.Log.OfType<ConnectorEffect.StartContact>().Count(), 4, 20);

        _connector.Pass(TimeSpan.FromSeconds(0.2));

        Assert.Equal(503, _connector.Responses.Last().StatusCode);
        Assert.NotNull(_connector.Responses.Last().RetryAfter);
        _connector.AcknowledgeFailure();
        _connector.AssertNothingIsLeft();
    }

    [Fact]
    public void AnUnknownNumber_Gets404_AndCostsNothing()
    {
        _connector.SendInvite(called: "+4930123");

        Assert.Equal(404, _connector.Responses.Last().StatusCode);
        Assert.Empty(_connector.Log.OfType<ConnectorEffect.CommandMedia>());
        _connector.AcknowledgeFailure();
        _connector.AssertNothingIsLeft();
    }

    [Fact]
    public void ContactEndedWhileRinging_Is480()
    {
        _connector.MediaConnects = false;
        _connector.SendInvite();
        _connector.SendFrame(new AudioStatusFrame(410));

        Assert.Equal(480, _connector.Responses.Last().StatusCode);
        _connector.AcknowledgeFailure();
        _connector.AssertNothingIsLeft();
    }

    [Fact]
    public void AChimeThatSendsNoIndex_IsAnsweredWith504_AndTheContactIsStopped()
    {
        _connector.OnFrame = frame => frame is JoinFrame ? [new JoinAckFrame()] : [];
        _connector.SendInvite();
        _connector.Pass(TimeSpan.FromSeconds(60));

        Assert.Equal(504, _connector.Responses.Last(r => r.StatusCode > 180).StatusCode);
        Assert.Single(_connector.Log.OfType<ConnectorEffect.StopContact>());
        _connector.AssertNothingIsLeft();
    }

    [Fact]
    public void MediaThatNeverConnects_IsAnsweredWith503_AfterTheTimeForIt()
    {
        _connector.MediaConnects = false;
        _connector.SendInvite();
        _connector.Pass(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));
        Assert.Equal(180, _connector.Responses.Last().StatusCode);

        _connector.Pass(TimeSpan.FromTicks(1));

        Assert.Equal(503, _connector.Responses.Last().StatusCode);
    }

    [Fact]
    public void ALostWebSocket_IsRebuiltForTheSameAttendee_WhileTheCallGoesOn()
    {
        _connector.Establish();
        var session = _connector.Frames().OfType<JoinFrame>().Single().AudioSessionId;
        _connector.Take(new ConnectorInput.SocketClosed(_connector.LastSocket, 1006, ""));
        _connector.Pass(TimeSpan.FromSeconds(10));

        Assert.Equal(
            [session, session], _connector.Frames().OfType<JoinFrame>().Select(j => j.AudioSessionId));
        Assert.Contains(_connector.Events, e => e.Kind == CallEventKind.Rejoined);
        Assert.Empty(_connector.Requests);
    }

    [Fact]
    public void LostConsent_IsAReasonToJoinAgain_NotToHangUp()
    {
        _connector.Establish();
        _connector.Take(new ConnectorInput.MediaReported(
            new MediaEvent.ContactLost(_connector.LastMedia, ContactLoss.ConsentLost, "30 s")));

        _connector.Pass(TimeSpan.FromSeconds(5));
        Assert.Contains(_connector.Events, e => e.Kind == CallEventKind.Rejoined);
        Assert.Empty(_connector.Requests);
    }

    [Fact]
    public void ALegThatCannotBeRebuiltInTime_EndsTheCall()
    {
        _connector.Establish();
        _connector.MediaConnects = false;
        _connector.Take(new ConnectorInput.MediaReported(
            new MediaEvent.ContactLost(_connector.LastMedia, ContactLoss.ConsentLost, "30 s")));
        _connector.Pass(TimeSpan.FromSeconds(60) - TimeSpan.FromTicks(1));
        Assert.DoesNotContain(_connector.Requests, r => r.Method == SipMethod.Bye);

        _connector.Pass(TimeSpan.FromTicks(1));

        Assert.Contains(_connector.Requests, r => r.Method == SipMethod.Bye);
        Assert.Single(_connector.Log.OfType<ConnectorEffect.StopContact>());
    }

    [Fact]
    public void DigitsFromThePhone_ReachTheContact_InOrder_EachOnce()
    {
        _connector.Establish();
        foreach (var digit in "12#")
        {
            _connector.Take(new ConnectorInput.MediaReported(
                new MediaEvent.DigitDetected(_connector.LastMedia, digit, DigitSource.TelephoneEvent)));
            _connector.Take(new ConnectorInput.MediaReported(
                new MediaEvent.DigitDetected(_connector.LastMedia, digit, DigitSource.InBand)));
        }

        _connector.Pass(TimeSpan.FromSeconds(1));

        Assert.Equal("12#", Assert.Single(_connector.Log.OfType<ConnectorEffect.SendDigits>()).Digits);
    }

    [Fact]
    public void WhatTheJournalLeftOpen_IsMadeGoodAtTheNextStart()
    {
        var request = new StartContactRequest
        {
            InstanceId = "instance",
            ContactFlowId = "flow",
            DisplayName = "x",
            ClientToken = "maybe",
        };
        _connector.Recover(
            new OpenContact("known", "a", request with { ClientToken = "known" }, "contact-known", false),
            new OpenContact("maybe", "b", request, null, true));

        Assert.Equal(
            ["contact-known", "contact-maybe"],
            _connector.Log.OfType<ConnectorEffect.StopContact>().Select(s => s.ContactId));
        var start = Assert.Single(_connector.Log.OfType<ConnectorEffect.StartContact>());
        Assert.Equal("maybe", start.Request.ClientToken);
        Assert.Equal(0, _connector.Governor.ActiveContacts);
    }

    [Fact]
    public void ADrainingNode_Answers503_ToInviteAndOptions_AndKeepsItsCalls()
    {
        _connector.Establish();
        _connector.Take(new ConnectorInput.DrainRequested(true));
        _connector.SendSip(_connector.Request("OPTIONS", 1, branch: "z9hG4bK-o").Replace(
            ";tag=" + _connector.ToTag, "", StringComparison.Ordinal)
            .Replace("call-1@", "other@", StringComparison.Ordinal));

        Assert.Equal(503, _connector.Responses.Last().StatusCode);
        Assert.NotNull(_connector.Responses.Last().RetryAfter);
        Assert.Equal(1, _connector.Engine.Calls.Count);
    }

    private static string Response(SipRequest request, int status) =>
        SipResponseBuilder.For(request, status).Build().ToString();
}
