using Farspan.Kernel;

namespace Farspan.Sip;

/// <summary>What the layer needs of either client transaction.</summary>
internal interface IClientTransaction
{
    bool IsTerminated { get; }

    Instant? Deadline { get; }

    void Start(Instant now, Outbox<SipTransactionEffect> outbox);

    void Receive(SipResponse response, Instant now, Outbox<SipTransactionEffect> outbox);

    void Expire(Instant now, Outbox<SipTransactionEffect> outbox);

    void FailTransport(Outbox<SipTransactionEffect> outbox);
}
