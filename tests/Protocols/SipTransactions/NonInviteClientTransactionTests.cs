namespace Farspan.Sip.Tests;

public sealed class NonInviteClientTransactionTests
{
    private readonly SipRequest _options = SampleMessages.Request("OPTIONS");

    [Fact] // RFC 3261 §17.1.2.2: "500 ms, 1 s, 2 s, 4 s, 4 s, 4 s, etc.", Timer F at 32 s.
    public void Silence_RetransmitsUpToT2ThenTimesOut()
    {
        var (_, log) = Start();
        log.RunUntilQuiet();

        Assert.Equal([0, 500, 1500, 3500, 7500, 11500, 15500, 19500, 23500, 27500, 31500], log.Sent);
        Assert.Equal((32_000L, SipTransactionOutcome.TimedOut), log.End);
    }

    [Fact]
    public void TimerE_FiresAtItsEdge_AndNotATickBefore()
    {
        var (_, log) = Start();

        log.RunToJustBefore(500);
        Assert.Equal([0], log.Sent);

        log.RunTo(500);
        Assert.Equal([0, 500], log.Sent);
    }

    [Fact]
    public void OverAReliableTransport_ItIsSentOnce_AndTimerFStillHolds()
    {
        var (_, log) = Start(isReliable: true);
        log.RunToJustBefore(32_000);
        Assert.Null(log.End);

        log.RunTo(32_000);
        Assert.Equal([0], log.Sent);
        Assert.Equal((32_000L, SipTransactionOutcome.TimedOut), log.End);
    }

    [Fact] // RFC 3261 §17.1.2.2: in Proceeding, Timer E is T2, and Timer F still runs.
    public void AProvisionalResponse_SlowsRetransmissionsToT2()
    {
        var (transaction, log) = Start();
        log.RunTo(600);
        transaction.Receive(SampleMessages.Response(_options, 100), log.Now, log.Outbox);
        log.RunUntilQuiet();

        Assert.Equal([0, 500, 1500, 5500, 9500, 13500, 17500, 21500, 25500, 29500], log.Sent);
        Assert.Equal((32_000L, SipTransactionOutcome.TimedOut), log.End);
    }

    [Fact]
    public void TheFinalResponse_IsDeliveredOnce_AndTimerKAbsorbsTheRest()
    {
        var (transaction, log) = Start();
        var ok = SampleMessages.Response(_options, 200);
        log.RunTo(100);
        transaction.Receive(ok, log.Now, log.Outbox);
        transaction.Receive(ok, log.Now, log.Outbox);

        log.RunToJustBefore(5_100);
        Assert.Equal(NonInviteClientState.Completed, transaction.State);

        log.RunTo(5_100);
        Assert.Equal([ok], log.Delivered);
        Assert.Equal([0], log.Sent);
        Assert.Equal((5_100L, SipTransactionOutcome.Completed), log.End);
    }

    [Fact]
    public void TimerK_IsZero_OverAReliableTransport()
    {
        var (transaction, log) = Start(isReliable: true);
        transaction.Receive(SampleMessages.Response(_options, 404), log.Now, log.Outbox);
        log.RunTo(0);

        Assert.Equal((0L, SipTransactionOutcome.Completed), log.End);
    }

    [Fact]
    public void ATransportFailure_EndsIt_AsAFailureOnlyBeforeItsFinalResponse()
    {
        var (waiting, waitingLog) = Start();
        waiting.FailTransport(waitingLog.Outbox);
        Assert.Equal(SipTransactionOutcome.TransportFailed, waitingLog.End!.Value.Outcome);

        var (answered, answeredLog) = Start();
        answered.Receive(SampleMessages.Response(_options, 200), answeredLog.Now, answeredLog.Outbox);
        answered.FailTransport(answeredLog.Outbox);
        Assert.Equal(SipTransactionOutcome.Completed, answeredLog.End!.Value.Outcome);
    }

    private (NonInviteClientTransaction Transaction, TransactionLog Log) Start(bool isReliable = false)
    {
        var transaction = new NonInviteClientTransaction(_options, isReliable, SipTimings.Default);
        var log = new TransactionLog(() => transaction.Deadline, transaction.Expire);
        transaction.Start(log.Now, log.Outbox);
        return (transaction, log);
    }
}
