namespace Farspan.Sip;

/// <summary>What the <see cref="SipTransactionLayer"/> asks its owner to do; a closed family (RFC 3261 §17,
/// §18).</summary>
public abstract record SipLayerEffect
{
    private SipLayerEffect()
    {
    }

    /// <summary>Hand the bytes to the transport.</summary>
    public sealed record Transmit(SipFlow Flow, ReadOnlyMemory<byte> Message) : SipLayerEffect;

    /// <summary>A new request, neither ACK nor CANCEL, wants an answer. An INVITE already has its
    /// 100.</summary>
    public sealed record RequestReceived(SipServerTransaction Transaction) : SipLayerEffect;

    /// <summary>An ACK for a 2xx came; it belongs to a dialog and to no transaction
    /// (RFC 3261 §13.3.1.4).</summary>
    public sealed record AckReceived(SipRequest Ack, SipFlow Flow) : SipLayerEffect;

    /// <summary>The peer takes back an INVITE that has no final response yet: answer that with 487
    /// (RFC 3261 §9.2). The CANCEL itself, which came over the flow, has been answered.</summary>
    public sealed record CancelReceived(
        SipServerTransaction Invite, SipRequest Cancel, SipFlow Flow) : SipLayerEffect;

    /// <summary>A response to a request of ours; each 2xx of an INVITE comes here and needs its
    /// ACK.</summary>
    public sealed record ResponseReceived(
        SipClientTransaction Transaction, SipResponse Response) : SipLayerEffect;

    /// <summary>A request of ours ended without a final response; RFC 3261 §8.1.3.1 reads these as 408 and
    /// 503.</summary>
    public sealed record ClientFailed(
        SipClientTransaction Transaction, SipTransactionOutcome Outcome) : SipLayerEffect;

    /// <summary>A failure response was never acknowledged, or the flow of a request ended. After the latter
    /// the transaction may go on: see <see cref="SipTransaction.IsTerminated"/>.</summary>
    public sealed record ServerFailed(
        SipServerTransaction Transaction, SipTransactionOutcome Outcome) : SipLayerEffect;

    /// <summary>A message made no sense or was beyond <see cref="SipLayerLimits"/>; whatever answer is
    /// possible has been sent. For counting and logging.</summary>
    public sealed record MessageRefused(SipFlow Flow, SipParseError Error) : SipLayerEffect;
}
