using Farspan.Kernel;

namespace Farspan.Sip.Tests;

public sealed class InviteClientTransactionTests
{
    private readonly SipRequest _invite = SampleMessages.Request("INVITE");

    [Fact] // RFC 3261 §17.1.1.2: INVITEs at 0, 0.5, 1.5, 3.5, 7.5, 15.5 and 31.5 s, then Timer B at 32 s.
    public void Silence_RetransmitsWithDoublingThenTimesOut()
    {
        var (_, log) = Start();
        log.RunUntilQuiet();

        Assert.Equal([0, 500, 1500, 3500, 7500, 15500, 31500], log.Sent);
        Assert.Equal((32000L, SipTransactionOutcome.TimedOut), log.End);
    }

    [Fact]
    public void OverAReliableTransport_TheInviteIsSentOnce_AndTimerBStillHolds()
    {
        var (_, log) = Start(isReliable: true);
        log.RunToJustBefore(32000);
        Assert.Null(log.End);

        log.RunUntilQuiet();

        Assert.Equal([0], log.Sent);
        Assert.Equal((32000L, SipTransactionOutcome.TimedOut), log.End);
    }

    [Fact]
    public void TimerA_FiresAtItsEdge_AndNotATickBefore()
    {
        var (_, log) = Start();

        log.RunToJustBefore(500);
        Assert.Equal([0], log.Sent);

        log.RunTo(500);
        Assert.Equal([0, 500], log.Sent);
    }

    [Fact]
    public void AProvisionalResponse_StopsRetransmissionsAndTheTimeout_ForAsLongAsItRings()
    {
        var (transaction, log) = Start();
        log.RunTo(700);
        transaction.Receive(SampleMessages.Response(_invite, 180), log.Now, log.Outbox);
        log.RunTo(600_000);

        Assert.Equal([0, 500], log.Sent);
        Assert.Equal(InviteClientState.Proceeding, transaction.State);
        Assert.Null(transaction.Deadline);
        Assert.Single(log.Delivered);
    }

    [Fact]
    public void AFailure_IsDeliveredOnce_AndAcknowledgedEachTimeItComes()
    {
        var (transaction, log) = Start();
        log.RunTo(100);
        var busy = SampleMessages.Response(_invite, 486);
        transaction.Receive(busy, log.Now, log.Outbox);
        transaction.Receive(busy, log.Now, log.Outbox);
        transaction.Receive(SampleMessages.Response(_invite, 180), log.Now, log.Outbox);

        Assert.Equal([0, 100, 100], log.Sent);
        Assert.Equal([busy], log.Delivered);
        var ack = Assert.IsType<SipRequest>(log.Entries[^1].Effect.Message);
        Assert.Equal(SipMethod.Ack, ack.Method);
        Assert.Equal(_invite.TopVia.Branch, ack.TopVia.Branch);
        Assert.Equal("314159", ack.To.Tag);
        Assert.Equal(_invite.CSeq.Number, ack.CSeq.Number);
    }

    [Fact] // Timer D: at least 32 s after the failure.
    public void TimerD_EndsTheAbsorptionAtItsEdge_AndNotATickBefore()
    {
        var (transaction, log) = Start();
        log.RunTo(100);
        transaction.Receive(SampleMessages.Response(_invite, 486), log.Now, log.Outbox);

        log.RunToJustBefore(32_100);
        Assert.Equal(InviteClientState.Completed, transaction.State);

        log.RunTo(32_100);
        Assert.Equal((32_100L, SipTransactionOutcome.Completed), log.End);
    }

    [Fact]
    public void TimerD_IsZero_OverAReliableTransport()
    {
        var (transaction, log) = Start(isReliable: true);
        transaction.Receive(SampleMessages.Response(_invite, 486), log.Now, log.Outbox);
        log.RunTo(0);

        Assert.Equal((0L, SipTransactionOutcome.Completed), log.End);
    }

    [Fact] // RFC 6026 §7.2: every 2xx goes up while Timer M runs, and failures do not.
    public void Accepted_DeliversEverySuccess_AndNoFailure_UntilTimerM()
    {
        var (transaction, log) = Start();
        transaction.Receive(SampleMessages.Response(_invite, 200, "one"), log.Now, log.Outbox);
        transaction.Receive(SampleMessages.Response(_invite, 200, "two"), log.Now, log.Outbox);
        transaction.Receive(SampleMessages.Response(_invite, 486, "three"), log.Now, log.Outbox);
        transaction.Receive(SampleMessages.Response(_invite, 180, "four"), log.Now, log.Outbox);

        Assert.Equal(["one", "two"], log.Delivered.Select(r => r.To.Tag));
        Assert.Equal([0], log.Sent);

        log.RunToJustBefore(32_000);
        Assert.Null(log.End);

        log.RunTo(32_000);
        Assert.Equal((32_000L, SipTransactionOutcome.Completed), log.End);
    }

    [Fact] // RFC 3261 §9.1: a peer that does not answer after CANCEL is given up after 64*T1.
    public void AfterCancel_APeerWithoutFinalResponse_IsGivenUp()
    {
        var (transaction, log) = Start();
        transaction.Receive(SampleMessages.Response(_invite, 180), log.Now, log.Outbox);
        log.RunTo(1000);
        transaction.AwaitEndOfCancelled(log.Now);
        transaction.Receive(SampleMessages.Response(_invite, 183), log.Now, log.Outbox);

        log.RunToJustBefore(33_000);
        Assert.Null(log.End);

        log.RunTo(33_000);
        Assert.Equal((33_000L, SipTransactionOutcome.TimedOut), log.End);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(180)]
    [InlineData(486)]
    public void ATransportFailure_EndsIt(int statusBefore)
    {
        var (transaction, log) = Start();
        if (statusBefore > 0)
        {
            transaction.Receive(SampleMessages.Response(_invite, statusBefore), log.Now, log.Outbox);
        }

        transaction.FailTransport(log.Outbox);
        transaction.FailTransport(log.Outbox);
        log.RunUntilQuiet();

        Assert.Equal((0L, SipTransactionOutcome.TransportFailed), log.End);
    }

    [Fact]
    public void ATransportFailureAfterASuccess_ChangesNothing()
    {
        var (transaction, log) = Start();
        transaction.Receive(SampleMessages.Response(_invite, 200), log.Now, log.Outbox);
        transaction.FailTransport(log.Outbox);

        Assert.Equal(InviteClientState.Accepted, transaction.State);
        Assert.Null(log.End);
    }

    [Fact]
    public void AfterAStall_ADeadTransactionDoesNotSend_AndALateOneSendsOnce()
    {
        var (transaction, log) = Start();
        transaction.Expire(Instant.FromMilliseconds(10_000), log.Outbox);
        transaction.Expire(Instant.FromMilliseconds(10_000), log.Outbox);
        Assert.Equal(2, log.Sent.Length);

        transaction.Expire(Instant.FromMilliseconds(60_000), log.Outbox);
        Assert.Equal(2, log.Sent.Length);
        Assert.Equal(SipTransactionOutcome.TimedOut, log.End!.Value.Outcome);
    }

    private (InviteClientTransaction Transaction, TransactionLog Log) Start(bool isReliable = false)
    {
        var transaction = new InviteClientTransaction(_invite, isReliable, SipTimings.Default);
        var log = new TransactionLog(() => transaction.Deadline, transaction.Expire);
        transaction.Start(log.Now, log.Outbox);
        return (transaction, log);
    }
}
