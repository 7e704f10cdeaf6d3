using Farspan.Kernel;

namespace Farspan.Sip;

/// <summary>A request of ours and what becomes of it; made by <see cref="SipTransactionLayer.SendRequest"/>
/// (RFC 3261 §17.1).</summary>
public sealed class SipClientTransaction : SipTransaction
{
    internal SipClientTransaction(long id, SipRequest request, SipFlow flow, SipTimings timings)
        : base(id, request, flow)
    {
        Key = ClientTransactionKey.Of(request);
        Machine = request.Method == SipMethod.Invite
            ? new InviteClientTransaction(request, flow.IsReliable, timings)
            : new NonInviteClientTransaction(request, flow.IsReliable, timings);
    }

    public override bool IsTerminated => Machine.IsTerminated;

    internal ClientTransactionKey Key { get; }

    internal IClientTransaction Machine { get; }

    /// <summary>A CANCEL is wanted but must wait for a provisional response (RFC 3261 §9.1).</summary>
    internal bool IsCancelWanted { get; set; }

    internal SipReason? CancelReason { get; set; }

    /// <summary>Whether this is the layer's own CANCEL, of which the transaction user hears
    /// nothing.</summary>
    internal bool IsCancel => Request.Method == SipMethod.Cancel;

    internal override Instant? Deadline => Machine.Deadline;

    internal override void Expire(Instant now, Outbox<SipTransactionEffect> outbox) =>
        Machine.Expire(now, outbox);

    internal override void FailTransport(Outbox<SipTransactionEffect> outbox) =>
        Machine.FailTransport(outbox);
}
