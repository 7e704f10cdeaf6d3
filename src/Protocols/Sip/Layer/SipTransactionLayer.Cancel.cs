using Farspan.Kernel;
using static Farspan.Sip.SipLayerEffect;

namespace Farspan.Sip;

/// <content>CANCEL, ours and the peer's (RFC 3261 §9).</content>
public sealed partial class SipTransactionLayer
{
    /// <summary>
    /// Takes back an INVITE of ours: sends CANCEL, or waits with it for the first provisional response; does
    /// nothing after a final one (RFC 3261 §9.1). What becomes of the INVITE is told by its final response.
    /// </summary>
    /// <param name="transaction">That of the INVITE.</param>
    /// <param name="reason">What the CANCEL gives as its reason, such as "answered elsewhere"; null for
    /// none.</param>
    /// <param name="now">The time.</param>
    /// <param name="outbox">Takes the CANCEL.</param>
    public void Cancel(
        SipClientTransaction transaction, SipReason? reason, Instant now, Outbox<SipLayerEffect> outbox)
    {
        transaction.CancelReason = reason;
        var invite = (InviteClientTransaction)transaction.Machine;
        transaction.IsCancelWanted = invite.State == InviteClientState.Calling;
        if (invite.State == InviteClientState.Proceeding)
        {
            SendCancel(transaction, invite, now, outbox);
        }
    }

    /// <summary>
    /// The CANCEL came from somebody who may not take the INVITE back: it goes on, and the next one counts.
    /// </summary>
    public void DisregardCancel(SipServerTransaction invite) => invite.IsCancelled = false;

    /// <summary>
    /// Answers a CANCEL without keeping anything of it: the same CANCEL again gets the same answer again,
    /// so it needs no transaction (RFC 3261 §9.2 asks for the answer only).
    /// </summary>
    private void ReceiveCancel(in IncomingRequest cancel, Outbox<SipLayerEffect> outbox)
    {
        if (!_servers.TryFind(ServerTransactionKey.OfCancelled(cancel.Request), out var invite))
        {
            StatelessResponse.Send(cancel, 481, outbox);
            return;
        }

        StatelessResponse.Send(cancel, cancel.CreateResponse(200, invite.LocalTag), outbox);
        if (!invite.IsAnswered && !invite.IsCancelled)
        {
            invite.IsCancelled = true;
            outbox.Add(new CancelReceived(invite, cancel.Request, cancel.ResponseFlow));
        }
    }

    private void SendCancel(
        SipClientTransaction transaction,
        InviteClientTransaction invite,
        Instant now,
        Outbox<SipLayerEffect> outbox)
    {
        invite.AwaitEndOfCancelled(now);
        _deadlines.Set(transaction, transaction.Deadline);
        var cancel = transaction.Request.CreateCancel(transaction.CancelReason);
        if (!_clients.ContainsKey(ClientTransactionKey.Of(cancel)))
        {
            SendRequest(cancel, transaction.Flow, now, outbox);
        }
    }
}
