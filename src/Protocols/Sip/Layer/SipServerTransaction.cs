using Farspan.Kernel;

namespace Farspan.Sip;

/// <summary>A request of the peer's that waits for our response, or has it (RFC 3261 §17.2).</summary>
public sealed class SipServerTransaction : SipTransaction
{
    internal SipServerTransaction(
        long id, in IncomingRequest incoming, string localTag, IServerTransaction machine)
        : base(id, incoming.Request, incoming.ResponseFlow)
    {
        Key = incoming.Key;
        Via = incoming.Via;
        LocalTag = localTag;
        Machine = machine;
    }

    /// <summary>The top Via with the source of the request noted (RFC 3261 §18.2.1).</summary>
    public Via Via { get; }

    /// <summary>The To tag of every response of ours; that of the request, if it has one
    /// (RFC 3261 §8.2.6.2).</summary>
    public string LocalTag { get; }

    /// <summary>Whether a final response has been sent.</summary>
    public bool IsAnswered => Machine.IsAnswered;

    /// <summary>Whether the peer took the INVITE back.</summary>
    public bool IsCancelled { get; internal set; }

    public override bool IsTerminated => IsDismissed || Machine.IsTerminated;

    internal bool IsDismissed { get; set; }

    /// <summary>Begins a response that takes the right way back; send it with
    /// <see cref="SipTransactionLayer.Respond"/>.</summary>
    /// <param name="statusCode">100 to 699.</param>
    /// <param name="reasonPhrase">Null for the usual one.</param>
    public SipResponseBuilder CreateResponse(int statusCode, string? reasonPhrase = null) =>
        SipResponseBuilder.For(Request, statusCode, reasonPhrase).WithToTag(LocalTag).WithTopVia(Via);

    internal ServerTransactionKey Key { get; }

    internal IServerTransaction Machine { get; }

    internal override Instant? Deadline => IsDismissed ? null : Machine.Deadline;

    internal override void Expire(Instant now, Outbox<SipTransactionEffect> outbox) =>
        Machine.Expire(now, outbox);

    internal override void FailTransport(Outbox<SipTransactionEffect> outbox) =>
        Machine.FailTransport(outbox);
}
