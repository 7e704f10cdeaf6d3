using Farspan.Kernel;

namespace Farspan.Calls.Tests;

/// <summary>Every way in which a start or a stop can fail, and what becomes of it.</summary>
public sealed class ContactDeskTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private static readonly ContactTimings Timings = new();
    private readonly DeskHarness _desk = new();

    public static TheoryData<ConnectErrorKind> Kinds { get; } = [.. Enum.GetValues<ConnectErrorKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void AWantedStart_ThatFails_IsRepeatedWhereThatCanHelp_ElseTheCallIsRefusedAtOnce(
        ConnectErrorKind kind)
    {
        _desk.Request();
        _desk.FailStart(kind);
        if (!new ConnectError(kind).IsTransient)
        {
            Assert.Equal(SipCauseTable.OutcomeOf(new ConnectError(kind)), _desk.Refusals.Single().Outcome);
            _desk.AssertSettled(ContactFate.NeverStarted);
            Assert.Empty(_desk.Stops);
            return;
        }

        Assert.Empty(_desk.Refusals);
        _desk.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(2, _desk.Starts.Count);
        _desk.SucceedStart();
        Assert.Single(_desk.Begun);
        _desk.Abandon();
        _desk.SucceedStop();
        _desk.AssertSettled(ContactFate.Stopped);
        _desk.AssertOneToken();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void AStartAbandonedInFlight_ThatFails_IsPursuedOnlyIfItMayHaveActed(ConnectErrorKind kind)
    {
        _desk.Request();
        _desk.Abandon();
        Assert.Equal(1, _desk.Governor.ActiveContacts);
        _desk.FailStart(kind);
        if (!new ConnectError(kind).MayHaveActed)
        {
            _desk.AssertSettled(ContactFate.NeverStarted);
            Assert.Empty(_desk.Stops);
            return;
        }

        _desk.Pass(TimeSpan.FromSeconds(1));
        _desk.SucceedStart();
        Assert.Empty(_desk.Begun);
        _desk.SucceedStop();
        _desk.AssertSettled(ContactFate.Stopped);
        _desk.AssertOneToken();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void AStartAbandonedWhileItWaitsToBeRepeated_IsPursuedOnlyIfItMayHaveActed(ConnectErrorKind kind)
    {
        _desk.Request();
        _desk.FailStart(kind);
        _desk.Abandon();
        var error = new ConnectError(kind);
        if (!error.MayHaveActed)
        {
            _desk.AssertSettled(ContactFate.NeverStarted);
            Assert.Empty(_desk.Stops);
            return;
        }

        _desk.Pass(TimeSpan.FromSeconds(1));
        _desk.SucceedStart();
        _desk.SucceedStop();
        _desk.AssertSettled(ContactFate.Stopped);
        _desk.AssertOneToken();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ARefusal_AfterATimeOut_SaysNothingAboutTheFirstAttempt(ConnectErrorKind kind)
    {
        _desk.Request();
        _desk.FailStart(ConnectErrorKind.TimedOut);
        _desk.Pass(TimeSpan.FromSeconds(1));
        _desk.FailStart(kind);
        var isRefused = !new ConnectError(kind).IsTransient;
        Assert.Equal(isRefused ? 1 : 0, _desk.Refusals.Count());
        Assert.Equal(1, _desk.Desk.OpenContacts);

        _desk.Abandon();
        _desk.Pass(TimeSpan.FromSeconds(3));
        _desk.SucceedStart();
        _desk.SucceedStop();

        _desk.AssertSettled(ContactFate.Stopped);
        _desk.AssertOneToken();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void AStopThatFails_IsRepeated_UnlessTheContactIsGoneAlready(ConnectErrorKind kind)
    {
        _desk.Request();
        _desk.SucceedStart();
        _desk.Abandon();
        _desk.FailStop(kind);
        if (kind is ConnectErrorKind.ContactNotFound or ConnectErrorKind.ResourceNotFound)
        {
            _desk.AssertSettled(ContactFate.EndedByConnect);
            return;
        }

        Assert.Equal(1, _desk.Governor.ActiveContacts);
        _desk.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(2, _desk.Stops.Count);
        _desk.SucceedStop();
        _desk.AssertSettled(ContactFate.Stopped);
    }

    [Fact]
    public void TheCallerIsRefused_AtTheStartLimit_AndNotBefore_ThoughTheStartIsStillOnItsWay()
    {
        _desk.Request();
        _desk.Pass(Timings.StartLimit - Tick);
        Assert.Empty(_desk.Refusals);
        _desk.Pass(Tick);

        Assert.Equal(CallOutcome.ConnectTimedOut, _desk.Refusals.Single().Outcome);
        Assert.Equal(1, _desk.Governor.ActiveContacts);
        _desk.SucceedStart();
        _desk.SucceedStop();
        _desk.AssertSettled(ContactFate.Stopped);
        Assert.Empty(_desk.Begun);
    }

    [Fact]
    public void ThrottledToTheEnd_IsRefusedWithThatReason_AndNothingIsPursued()
    {
        _desk.Request();
        while (!_desk.Refusals.Any())
        {
            _desk.FailStart(ConnectErrorKind.Throttled, TimeSpan.FromSeconds(3));
            _desk.Pass(TimeSpan.FromSeconds(3));
        }

        Assert.Equal(CallOutcome.ConnectThrottled, _desk.Refusals.Single().Outcome);
        Assert.InRange(
            _desk.Now - Instant.Zero, Timings.StartLimit, Timings.StartLimit + TimeSpan.FromSeconds(3));
        _desk.AssertSettled(ContactFate.NeverStarted);
    }

    [Fact]
    public void ARetryAfter_IsObeyed()
    {
        _desk.Request();
        _desk.FailStart(ConnectErrorKind.Throttled, TimeSpan.FromSeconds(7));
        _desk.Pass(TimeSpan.FromSeconds(7) - Tick);
        Assert.Single(_desk.Starts);

        _desk.Pass(Tick);

        Assert.Equal(2, _desk.Starts.Count);
    }

    [Fact]
    public void AContactThatCannotBeStopped_IsListedForTheOperator_AtTheSettleLimit_AndNotBefore()
    {
        _desk.Request();
        _desk.SucceedStart();
        _desk.Abandon();
        _desk.OnStop = _ => new ConnectError(ConnectErrorKind.AccessDenied);
        _desk.FailStop(ConnectErrorKind.AccessDenied);
        _desk.Pass(Timings.SettleLimit - Tick);
        Assert.Equal(1, _desk.Desk.OpenContacts);
        Assert.InRange(_desk.Stops.Count, 80, 400);

        _desk.Pass(Tick);

        _desk.AssertSettled(ContactFate.Abandoned);
        _desk.Desk.CompleteStop("token", null, _desk.Now, new Outbox<ConnectorEffect>());
        _desk.AssertSettled(ContactFate.Abandoned);
    }

    [Fact]
    public void ALateAnswerToAStart_AfterTheSettleLimit_IsIgnored()
    {
        _desk.Request();
        _desk.Abandon();
        _desk.Pass(Timings.SettleLimit);
        _desk.AssertSettled(ContactFate.Abandoned);

        _desk.SucceedStart();

        _desk.AssertSettled(ContactFate.Abandoned);
        Assert.Empty(_desk.Stops);
    }

    [Theory]
    [InlineData(ContactFate.EndedByConnect)]
    [InlineData(ContactFate.HandedOver)]
    public void AReleasedContact_IsNotStopped_AndItsSlotIsFreeOnce(ContactFate fate)
    {
        _desk.Request();
        _desk.SucceedStart();
        _desk.Release(fate);
        _desk.Abandon();
        _desk.Release(fate);

        _desk.AssertSettled(fate);
        Assert.Empty(_desk.Stops);
    }

    [Fact]
    public void ACallerWhoGivesUpWhileWaitingForQuota_LeavesNoContact_AndLetsTheNextOneIn()
    {
        _desk.Governor.Adopt();
        _desk.Governor.Adopt();
        _desk.Request();
        _desk.Request("second");
        _desk.Abandon();
        Assert.Empty(_desk.Starts);

        Outbox<QuotaEffect> effects = new();
        _desk.Governor.Release(_desk.Now, effects);

        Assert.Equal("second", Assert.IsType<QuotaEffect.Grant>(effects[0]).CallId);
    }

    [Fact]
    public void AnInstanceThatIsNotConfiguredAnyMore_StillHasItsContactsStopped()
    {
        var request = DeskHarness.StartRequest with { InstanceId = "gone", ClientToken = "t" };
        _desk.Recover(new OpenContact("t", "c", request, "old", false));

        var stop = Assert.Single(_desk.Stops);
        Assert.Equal(("gone", "old"), (stop.InstanceId, stop.ContactId));
        _desk.SucceedStop("t");
        Assert.Equal(0, _desk.Desk.OpenContacts);
    }
}
