using Farspan.Kernel;

namespace Farspan.Sip;

/// <summary>What the layer needs of either server transaction.</summary>
internal interface IServerTransaction
{
    bool IsTerminated { get; }

    /// <summary>Whether a final response has been sent.</summary>
    bool IsAnswered { get; }

    Instant? Deadline { get; }

    void ReceiveRetransmission(Outbox<SipTransactionEffect> outbox);

    void ReceiveAck(SipRequest ack, Instant now, Outbox<SipTransactionEffect> outbox);

    bool Respond(SipResponse response, Instant now, Outbox<SipTransactionEffect> outbox);

    void Expire(Instant now, Outbox<SipTransactionEffect> outbox);

    void FailTransport(Outbox<SipTransactionEffect> outbox);
}
