using Farspan.Kernel;

namespace Farspan.Sip.Tests;

public sealed class InviteServerTransactionTests
{
    private readonly SipRequest _invite = SampleMessages.Request("INVITE");

    [Fact]
    public void AnInvite_Gets100AtOnce_AndIsDelivered()
    {
        var (transaction, log) = Start();

        Assert.Equal([0], log.Sent);
        Assert.Equal(100, transaction.LastResponse!.StatusCode);
        Assert.Equal([_invite], log.Delivered);
        Assert.Null(transaction.Deadline);
    }

    [Fact]
    public void ARetransmission_GetsTheLastProvisionalResponseAgain()
    {
        var (transaction, log) = Start();
        var ringing = SampleMessages.Response(_invite, 180);
        transaction.Respond(ringing, log.Now, log.Outbox);
        transaction.ReceiveRetransmission(log.Outbox);

        Assert.Equal(ringing, log.Entries[^1].Effect.Message);
        Assert.Equal(3, log.Sent.Length);
        Assert.Single(log.Delivered);
    }

    [Fact] // RFC 3261 §17.2.1: Timer G doubles up to T2 until Timer H at 64*T1.
    public void AFailureWithoutAck_IsRepeatedUpToT2_ThenGivenUp()
    {
        var (transaction, log) = Start();
        log.RunTo(1_000);
        transaction.Respond(SampleMessages.Response(_invite, 486), log.Now, log.Outbox);

        log.RunToJustBefore(1_500);
        Assert.Equal([0, 1_000], log.Sent);

        log.RunToJustBefore(33_000);
        Assert.Null(log.End);

        log.RunUntilQuiet();
        Assert.Equal(
            [0, 1000, 1500, 2500, 4500, 8500, 12500, 16500, 20500, 24500, 28500, 32500],
            log.Sent);
        Assert.Equal((33_000L, SipTransactionOutcome.TimedOut), log.End);
    }

    [Fact]
    public void OverAReliableTransport_AFailureIsSentOnce_AndTimerHStillHolds()
    {
        var (transaction, log) = Start(isReliable: true);
        transaction.Respond(SampleMessages.Response(_invite, 486), log.Now, log.Outbox);
        log.RunToJustBefore(32_000);
        Assert.Null(log.End);

        log.RunUntilQuiet();
        Assert.Equal([0, 0], log.Sent);
        Assert.Equal((32_000L, SipTransactionOutcome.TimedOut), log.End);
    }

    [Fact]
    public void TheAckOfAFailure_StopsItsRepetition_AndTimerIAbsorbsMore()
    {
        var (transaction, log) = Start();
        transaction.Respond(SampleMessages.Response(_invite, 486), log.Now, log.Outbox);
        log.RunTo(100);
        transaction.ReceiveAck(SampleMessages.Request("ACK"), log.Now, log.Outbox);
        transaction.ReceiveAck(SampleMessages.Request("ACK"), log.Now, log.Outbox);
        transaction.ReceiveRetransmission(log.Outbox);

        log.RunToJustBefore(5_100);
        Assert.Equal(InviteServerState.Confirmed, transaction.State);

        log.RunTo(5_100);
        Assert.Equal([0, 0], log.Sent);
        Assert.Single(log.Delivered);
        Assert.Equal((5_100L, SipTransactionOutcome.Completed), log.End);
    }

    [Fact]
    public void TimerI_IsZero_OverAReliableTransport()
    {
        var (transaction, log) = Start(isReliable: true);
        transaction.Respond(SampleMessages.Response(_invite, 486), log.Now, log.Outbox);
        transaction.ReceiveAck(SampleMessages.Request("ACK"), log.Now, log.Outbox);
        log.RunTo(0);

        Assert.Equal((0L, SipTransactionOutcome.Completed), log.End);
    }

    [Fact] // RFC 6026 §7.1: retransmitted INVITEs are absorbed; each 2xx of the transaction user goes out.
    public void Accepted_AbsorbsInvites_AndPassesSuccessesOn_UntilTimerL()
    {
        var (transaction, log) = Start();
        var ok = SampleMessages.Response(_invite, 200);
        Assert.True(transaction.Respond(ok, log.Now, log.Outbox));
        transaction.ReceiveRetransmission(log.Outbox);
        Assert.True(transaction.Respond(ok, log.Now, log.Outbox));
        Assert.False(transaction.Respond(SampleMessages.Response(_invite, 486), log.Now, log.Outbox));
        Assert.False(transaction.Respond(SampleMessages.Response(_invite, 180), log.Now, log.Outbox));
        Assert.Equal(3, log.Sent.Length);

        log.RunToJustBefore(32_000);
        Assert.Null(log.End);

        log.RunTo(32_000);
        Assert.Equal((32_000L, SipTransactionOutcome.Completed), log.End);
    }

    [Fact] // RFC 6026 §7.1: "ACK to TU".
    public void Accepted_DeliversAnAckThatMatches()
    {
        var (transaction, log) = Start();
        transaction.Respond(SampleMessages.Response(_invite, 200), log.Now, log.Outbox);
        var ack = SampleMessages.Request("ACK");
        transaction.ReceiveAck(ack, log.Now, log.Outbox);

        Assert.Equal([_invite, ack], log.Delivered);
    }

    [Fact]
    public void ASecondFinalResponse_IsNotSent()
    {
        var (transaction, log) = Start();
        transaction.Respond(SampleMessages.Response(_invite, 486), log.Now, log.Outbox);

        Assert.False(transaction.Respond(SampleMessages.Response(_invite, 200), log.Now, log.Outbox));
        Assert.Equal(2, log.Sent.Length);
    }

    [Fact] // RFC 6026 §7.1: transport errors are reported and change no state.
    public void ATransportFailure_IsReported_AndChangesNothing()
    {
        var (transaction, log) = Start();
        transaction.FailTransport(log.Outbox);

        Assert.Equal(InviteServerState.Proceeding, transaction.State);
        Assert.Equal(SipTransactionEffect.ReportTransportFailure, log.Entries[^1].Effect);
    }

    [Fact]
    public void AfterAStall_ADeadTransactionDoesNotSend()
    {
        var (transaction, log) = Start();
        transaction.Respond(SampleMessages.Response(_invite, 486), log.Now, log.Outbox);
        transaction.Expire(Instant.FromMilliseconds(60_000), log.Outbox);

        Assert.Equal(2, log.Sent.Length);
        Assert.Equal(SipTransactionOutcome.TimedOut, log.End!.Value.Outcome);
    }

    private (InviteServerTransaction Transaction, TransactionLog Log) Start(bool isReliable = false)
    {
        var transaction = new InviteServerTransaction(_invite, isReliable, SipTimings.Default);
        var log = new TransactionLog(() => transaction.Deadline, transaction.Expire);
        transaction.Start(SampleMessages.Response(_invite, 100), log.Outbox);
        return (transaction, log);
    }
}
