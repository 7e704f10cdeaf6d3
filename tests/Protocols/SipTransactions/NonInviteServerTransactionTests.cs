namespace Farspan.Sip.Tests;

public sealed class NonInviteServerTransactionTests
{
    private readonly SipRequest _bye = SampleMessages.Request("BYE", toTag: "314159");

    [Fact] // RFC 3261 §17.2.2: in Trying there is nothing to repeat.
    public void ARetransmissionBeforeAnyResponse_IsDiscarded()
    {
        var (transaction, log) = Start();
        transaction.ReceiveRetransmission(log.Outbox);

        Assert.Empty(log.Sent);
        Assert.Equal([_bye], log.Delivered);
    }

    [Fact]
    public void ARetransmission_GetsTheLastResponseAgain()
    {
        var (transaction, log) = Start();
        var trying = SampleMessages.Response(_bye, 100);
        var ok = SampleMessages.Response(_bye, 200);
        transaction.Respond(trying, log.Now, log.Outbox);
        transaction.ReceiveRetransmission(log.Outbox);
        transaction.Respond(ok, log.Now, log.Outbox);
        transaction.ReceiveRetransmission(log.Outbox);

        Assert.Equal([_bye, trying, trying, ok, ok], log.Entries.Select(e => e.Effect.Message));
    }

    [Fact]
    public void TimerJ_EndsTheAbsorptionAtItsEdge_AndNotATickBefore()
    {
        var (transaction, log) = Start();
        log.RunTo(100);
        transaction.Respond(SampleMessages.Response(_bye, 200), log.Now, log.Outbox);

        log.RunToJustBefore(32_100);
        Assert.Equal(NonInviteServerState.Completed, transaction.State);

        log.RunTo(32_100);
        Assert.Equal((32_100L, SipTransactionOutcome.Completed), log.End);
    }

    [Fact]
    public void TimerJ_IsZero_OverAReliableTransport()
    {
        var (transaction, log) = Start(isReliable: true);
        transaction.Respond(SampleMessages.Response(_bye, 200), log.Now, log.Outbox);
        log.RunTo(0);

        Assert.Equal((0L, SipTransactionOutcome.Completed), log.End);
    }

    [Fact]
    public void ASecondFinalResponse_IsNotSent()
    {
        var (transaction, log) = Start();

        Assert.True(transaction.Respond(SampleMessages.Response(_bye, 200), log.Now, log.Outbox));
        Assert.False(transaction.Respond(SampleMessages.Response(_bye, 481), log.Now, log.Outbox));
        Assert.Single(log.Sent);
    }

    [Fact]
    public void ATransportFailure_EndsIt()
    {
        var (transaction, log) = Start();
        transaction.FailTransport(log.Outbox);
        transaction.FailTransport(log.Outbox);

        Assert.Equal((0L, SipTransactionOutcome.TransportFailed), log.End);
        Assert.False(transaction.Respond(SampleMessages.Response(_bye, 200), log.Now, log.Outbox));
    }

    private (NonInviteServerTransaction Transaction, TransactionLog Log) Start(bool isReliable = false)
    {
        var transaction = new NonInviteServerTransaction(_bye, isReliable, SipTimings.Default);
        var log = new TransactionLog(() => transaction.Deadline, transaction.Expire);
        transaction.Start(log.Outbox);
        return (transaction, log);
    }
}
