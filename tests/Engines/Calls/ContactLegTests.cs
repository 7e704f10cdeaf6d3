using Farspan.Chime;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Sip;

namespace Farspan.Calls.Tests;

/// <summary>The contact's side: what each end means, fencing, and the windows of a rejoin.</summary>
public sealed class ContactLegTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private readonly ConnectorHarness _connector = new();

    public enum Stage
    {
        Joining,
        Gathering,
        Subscribing,
        Connecting,
        NotAcknowledged,
        Talking,
        Rejoining,
    }

    public static TheoryData<Stage> Stages { get; } = [.. Enum.GetValues<Stage>()];

    [Theory]
    [InlineData(410, 480, CallOutcome.ContactEndedWhileRinging, 0)]
    [InlineData(411, 480, CallOutcome.AttendeeRemoved, 1)]
    [InlineData(403, 502, CallOutcome.SignalingAuthRejected, 1)]
    [InlineData(409, 503, CallOutcome.SignalingAtCapacity, 1)]
    [InlineData(302, 480, CallOutcome.ContactEnded, 1)]
    public void AnAudioStatusWhileItRings_HasItsSipAnswer(
        uint audio, int status, CallOutcome outcome, int stops)
    {
        _connector.MediaConnects = false;
        _connector.SendInvite();
        _connector.SendFrame(new AudioStatusFrame(audio));

        Assert.Equal(status, _connector.Statuses().Last());
        Assert.NotNull(_connector.Responses.Last().Reason);
        _connector.AcknowledgeFailure();
        _connector.AssertNothingIsLeft();
        Assert.Equal(outcome, _connector.Outcome());
        Assert.Equal(stops, _connector.Stops());
    }

    [Theory]
    [InlineData(410, 16, CallOutcome.ContactEnded, 0)]
    [InlineData(411, 31, CallOutcome.AttendeeRemoved, 1)]
    [InlineData(403, 41, CallOutcome.SignalingAuthRejected, 1)]
    [InlineData(409, 42, CallOutcome.SignalingAtCapacity, 1)]
    [InlineData(302, 16, CallOutcome.ContactEnded, 1)]
    public void AnAudioStatusInACall_EndsItWithAByeThatSaysWhy(
        uint audio, int cause, CallOutcome outcome, int stops)
    {
        _connector.Establish();
        _connector.SendFrame(new AudioStatusFrame(audio));

        Assert.Equal(cause, _connector.Bye()!.Reason!.Cause);
        _connector.Reply(_connector.Bye()!, 200);
        _connector.AssertNothingIsLeft();
        Assert.Equal(outcome, _connector.Outcome());
        Assert.Equal(stops, _connector.Stops());
    }

    [Theory]
    [InlineData(403, CallOutcome.SignalingAuthRejected, 502)]
    [InlineData(509, CallOutcome.SignalingAtCapacity, 503)]
    [InlineData(400, CallOutcome.SignalingRefused, 502)]
    public void AnErrorAnsweredToJoin_HasItsSipAnswer(uint error, CallOutcome outcome, int status)
    {
        _connector.OnFrame = frame => frame is JoinFrame ? [JoinError(error)] : [];
        _connector.SendInvite();

        Assert.Equal(status, _connector.Statuses().Last());
        _connector.AcknowledgeFailure();
        _connector.AssertNothingIsLeft();
        Assert.Equal(outcome, _connector.Outcome());
        Assert.Equal(1, _connector.Stops());
    }

    [Fact]
    public void AServiceErrorWhileItRings_IsTriedAgain_UntilTheStartWindowCloses()
    {
        _connector.OnFrame = frame => frame is JoinFrame ? [JoinError(500)] : [];
        _connector.SendInvite();
        _connector.Pass(TimeSpan.FromSeconds(15) - Tick);
        Assert.Equal(180, _connector.Statuses().Last());
        Assert.InRange(_connector.Frames().OfType<JoinFrame>().Count(), 3, 100);

        _connector.Pass(Tick);

        Assert.Equal(503, _connector.Statuses().Last());
        _connector.AcknowledgeFailure();
        _connector.AssertNothingIsLeft();
        Assert.Equal(1, _connector.Stops());
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void WhoeverIsDisplaced_IsSilent_AtEveryStage(Stage stage)
    {
        Reach(stage);
        var sent = Said();
        var isTold = stage == Stage.Rejoining;
        _connector.SendFrame(new AudioStatusFrame(301));

        Assert.Contains(_connector.Events, e => e.Kind == CallEventKind.Fenced);
        _connector.SendSip(_connector.Request("INFO", 5, "5", contentType: "application/dtmf"));
        _connector.SendSip(_connector.Request("BYE", 6));
        _connector.SendSip(_connector.Request("INVITE", 7, ConnectorHarness.Offer));
        _connector.Pass(TimeSpan.FromSeconds(31));
        _connector.SendSip(_connector.Request("BYE", 6));
        Assert.Equal(sent, Said());
        Assert.Equal(0, _connector.Stops());
        Assert.DoesNotContain(_connector.Frames(), f => f is LeaveFrame);
        _connector.AssertNothingIsLeft(TimeSpan.FromMinutes(40));
        Assert.Equal(sent, Said());
        Assert.Equal(CallOutcome.Displaced, _connector.Outcome());
        Assert.Equal(isTold, _connector.Events.Any(e => e.Kind == CallEventKind.Rejoining));
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void WhatComesAfterTheEnd_ChangesNothing(Stage stage)
    {
        Reach(stage);
        var socket = _connector.LastSocket;
        var media = _connector.LastMedia;
        _connector.SendFrame(new AudioStatusFrame(410));
        var before = Effects().Count();
        _connector.Take(new ConnectorInput.MediaReported(new MediaEvent.ContactConnected(media, "late")));
        _connector.Take(new ConnectorInput.MediaReported(
            new MediaEvent.ContactLost(media, ContactLoss.IceFailed, "late")));
        _connector.Take(
            new ConnectorInput.MediaReported(new MediaEvent.DigitDetected(media, '1', DigitSource.InBand)));
        _connector.Take(
            new ConnectorInput.MediaReported(new MediaEvent.CarrierSilent(media, TimeSpan.FromSeconds(60))));
        _connector.Take(new ConnectorInput.MediaReported(new MediaEvent.Closed(media, MediaReport.Empty)));
        _connector.Take(new ConnectorInput.SocketClosed(socket, 1006, "late"));
        _connector.Take(new ConnectorInput.SocketRefused(socket, 500));
        _connector.Take(new ConnectorInput.SocketOpened(socket));

        Assert.Equal(before, Effects().Count());
        Assert.Single(_connector.Events, e => e.Kind == CallEventKind.Ended);
    }

    [Fact]
    public void EventsOfASocketThatWasReplaced_AreIgnored()
    {
        _connector.Establish();
        var old = _connector.LastSocket;
        _connector.Take(new ConnectorInput.SocketClosed(old, 1006, ""));
        _connector.Pass(TimeSpan.FromSeconds(6));
        Assert.NotEqual(old, _connector.LastSocket);
        Assert.Contains(_connector.Events, e => e.Kind == CallEventKind.Rejoined);

        var end = new AudioStatusFrame(410).Encode(SignalDirection.ServerToClient);
        _connector.Take(new ConnectorInput.SocketReceived(old, end));
        _connector.Take(new ConnectorInput.SocketClosed(old, 4410, ""));
        _connector.Take(new ConnectorInput.SocketRefused(old, 403));

        Assert.Null(_connector.Bye());
        Assert.Equal(1, _connector.Engine.Calls.Count);
    }

    [Fact]
    public void SignallingThatDoesNotComeBack_EndsTheCallAfterTheRejoinWindow_AndNotBefore()
    {
        Reach(Stage.Rejoining);
        _connector.Pass(TimeSpan.FromSeconds(60) - Tick);
        Assert.Null(_connector.Bye());

        _connector.Pass(Tick);

        Assert.NotNull(_connector.Bye());
        _connector.Reply(_connector.Bye()!, 200);
        _connector.AssertNothingIsLeft();
        Assert.Equal(1, _connector.Stops());
        Assert.Single(_connector.Events, e => e.Kind == CallEventKind.Rejoining);
    }

    [Fact]
    public void MediaLostDuringARejoin_DoesNotProlongTheWindow()
    {
        Reach(Stage.Rejoining);
        _connector.Pass(TimeSpan.FromSeconds(30));
        LoseMedia(ContactLoss.ConsentLost);
        _connector.Pass(TimeSpan.FromSeconds(30) - Tick);
        Assert.Null(_connector.Bye());

        _connector.Pass(Tick);

        Assert.NotNull(_connector.Bye());
    }

    [Fact]
    public void ARejoinThatSucceeds_HasAWholeWindowAgainTheNextTime()
    {
        _connector.Establish();
        LoseMedia(ContactLoss.ConsentLost);
        _connector.Pass(TimeSpan.FromSeconds(59));
        _connector.MediaConnects = false;
        LoseMedia(ContactLoss.ConsentLost);
        _connector.Pass(TimeSpan.FromSeconds(60) - Tick);
        Assert.Null(_connector.Bye());

        _connector.Pass(Tick);

        Assert.NotNull(_connector.Bye());
        Assert.Equal(CallOutcome.ContactMediaLost, _connector.Outcome());
    }

    [Fact]
    public void AMeetingThatEndedMeanwhile_IsFoundOutByTheRejoin_AndNothingIsStopped()
    {
        _connector.Establish();
        _connector.OnFrame = _ => [];
        _connector.Take(new ConnectorInput.SocketClosed(_connector.LastSocket, 1006, ""));
        _connector.Pass(TimeSpan.FromSeconds(6));
        _connector.Take(new ConnectorInput.SocketClosed(_connector.LastSocket, 4410, ""));

        Assert.Equal(CallOutcome.ContactEnded, _connector.Outcome());
        Assert.Equal(0, _connector.Stops());
    }

    [Theory]
    [InlineData(ContactLoss.RelayUnavailable, CallOutcome.RelayUnavailable, 503)]
    [InlineData(ContactLoss.IceFailed, CallOutcome.IceFailed, 503)]
    [InlineData(ContactLoss.DtlsFailed, CallOutcome.DtlsFailed, 502)]
    [InlineData(ContactLoss.ConsentLost, CallOutcome.ContactMediaLost, 503)]
    [InlineData(ContactLoss.Defect, CallOutcome.Defect, 500)]
    public void MediaThatFailsWhileItRings_HasItsSipAnswer(ContactLoss loss, CallOutcome outcome, int status)
    {
        Reach(Stage.Connecting);
        LoseMedia(loss);

        Assert.Equal(status, _connector.Statuses().Last());
        _connector.AcknowledgeFailure();
        _connector.AssertNothingIsLeft();
        Assert.Equal(outcome, _connector.Outcome());
        Assert.Equal(1, _connector.Stops());
    }

    [Theory]
    [InlineData(Stage.Joining, 5)]
    [InlineData(Stage.Gathering, 5)]
    [InlineData(Stage.Subscribing, 5)]
    [InlineData(Stage.Connecting, 10)]
    public void EachStage_HasItsTime_AndNotATickLess(Stage stage, int seconds)
    {
        Reach(stage);
        _connector.Pass(TimeSpan.FromSeconds(seconds) - Tick);
        Assert.Equal(180, _connector.Statuses().Last());

        _connector.Pass(Tick);

        Assert.InRange(_connector.Statuses().Last(), 503, 504);
        _connector.AcknowledgeFailure();
        _connector.AssertNothingIsLeft();
        Assert.Equal(1, _connector.Stops());
    }

    [Fact]
    public void AMediaSessionThatEndsByItself_EndsTheCall_OnBothSides()
    {
        _connector.Establish();
        _connector.Take(
            new ConnectorInput.MediaReported(new MediaEvent.Closed(_connector.LastMedia, MediaReport.Empty)));

        Assert.NotNull(_connector.Bye());
        Assert.Equal(1, _connector.Stops());
        Assert.Equal(CallOutcome.Defect, _connector.Outcome());
    }

    private static ErrorFrame JoinError(uint status) => new((int)SignalFrameType.JoinAck, status, "no");

    // A 100 is the transaction layer's: it says that the request arrived, and nothing about the call.
    private int Said() => _connector.Sent.Count(m => m is not SipResponse { StatusCode: 100 });

    private IEnumerable<ConnectorEffect> Effects() => _connector.Log.Where(
        e => e is not ConnectorEffect.Report);

    private void LoseMedia(ContactLoss loss) => _connector.Take(
        new ConnectorInput.MediaReported(new MediaEvent.ContactLost(_connector.LastMedia, loss, "test")));

    private void Reach(Stage stage)
    {
        switch (stage)
        {
            case Stage.Joining:
                _connector.OnFrame = _ => [];
                _connector.SendInvite();
                break;
            case Stage.Gathering:
                _connector.OnMedia = c => c is MediaCommand.Gather ? [] : _connector.AnswerMedia(c);
                _connector.SendInvite();
                break;
            case Stage.Subscribing:
                _connector.OnFrame = f => f is JoinFrame ? [new JoinAckFrame(), new IndexFrame()] : [];
                _connector.SendInvite();
                break;
            case Stage.Connecting:
                _connector.MediaConnects = false;
                _connector.SendInvite();
                break;
            case Stage.NotAcknowledged:
                _connector.SendInvite();
                break;
            case Stage.Talking:
                _connector.Establish();
                break;
            default:
                _connector.Establish();
                _connector.Pass(TimeSpan.FromSeconds(6));
                _connector.OnFrame = _ => [];
                _connector.Take(new ConnectorInput.SocketClosed(_connector.LastSocket, 1006, ""));
                break;
        }
    }
}
