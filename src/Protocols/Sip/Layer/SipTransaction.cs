using Farspan.Kernel;

namespace Farspan.Sip;

/// <summary>
/// The handle of a transaction that the <see cref="SipTransactionLayer"/> runs (RFC 3261 §17).
/// </summary>
public abstract class SipTransaction
{
    private protected SipTransaction(long id, SipRequest request, SipFlow flow)
    {
        Id = id;
        Request = request;
        Flow = flow;
    }

    /// <summary>Counts up within one layer; for logs and orderings.</summary>
    public long Id { get; }

    public SipRequest Request { get; }

    /// <summary>Where our messages of this transaction go.</summary>
    public SipFlow Flow { get; internal set; }

    /// <summary>For the transaction user: what of its own this transaction belongs to.</summary>
    public object? Owner { get; set; }

    /// <summary>Whether nothing can be sent or received in it any more.</summary>
    public abstract bool IsTerminated { get; }

    internal abstract Instant? Deadline { get; }

    /// <summary>Neighbours among the transactions with the same peer; see <see cref="FlowIndex"/>.</summary>
    internal SipTransaction? PreviousOnFlow { get; set; }

    internal SipTransaction? NextOnFlow { get; set; }

    public override string ToString() => $"#{Id} {Request.MethodName} {Flow}";

    internal abstract void Expire(Instant now, Outbox<SipTransactionEffect> outbox);

    internal abstract void FailTransport(Outbox<SipTransactionEffect> outbox);
}
