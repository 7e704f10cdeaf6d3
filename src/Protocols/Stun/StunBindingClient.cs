using Farspan.Kernel;

namespace Farspan.Stun;

/// <summary>
/// Asks a STUN server for our address as it sees it: one unauthenticated Binding transaction
/// (RFC 8489 §6.2, RFC 8445 §5.1.1.2).
/// </summary>
/// <remarks>
/// Sans-IO: the owner calls <see cref="Expire"/> at <see cref="Deadline"/>. Ends with one effect.
/// </remarks>
public sealed class StunBindingClient(StunTimings timings, bool isReliable, RandomSource random)
{
    private readonly StunTransactionId _id = StunTransactionId.Create(random);
    private ReadOnlyMemory<byte> _request;
    private StunRetransmission _retransmission;

    /// <summary>When to call <see cref="Expire"/>; null before the start and after the end.</summary>
    public Instant? Deadline => _retransmission.Deadline;

    /// <summary>Sends the request. Call once.</summary>
    public void Start(Instant now, Outbox<StunBindingEffect> outbox)
    {
        Invariant.Require(_request.IsEmpty);
        var bytes = new byte[StunLimits.HeaderBytes + 8];
        var writer = new StunWriter(bytes, StunClass.Request, StunMethod.Binding, _id);
        writer.WriteFingerprint();
        Invariant.Require(writer.TryFinish(out _));
        _request = bytes;
        _retransmission = StunRetransmission.Start(timings, isReliable, now);
        outbox.Add(new StunBindingEffect.Transmit(_request));
    }

    /// <summary>
    /// Takes a message from the server; what does not belong to the transaction is ignored.
    /// </summary>
    public void Receive(ReadOnlySpan<byte> message, Outbox<StunBindingEffect> outbox)
    {
        if (Deadline is null
            || !StunMessageView.TryDecode(message, out var stun, out _)
            || stun.TransactionId != _id
            || stun.Method != StunMethod.Binding
            || stun.Class is StunClass.Request or StunClass.Indication)
        {
            return;
        }

        _retransmission.Stop();
        outbox.Add(Conclude(stun));
    }

    public void Expire(Instant now, Outbox<StunBindingEffect> outbox)
    {
        switch (_retransmission.Expire(now))
        {
            case StunRetransmissionStep.Resend:
                outbox.Add(new StunBindingEffect.Transmit(_request));
                break;
            case StunRetransmissionStep.GiveUp:
                outbox.Add(new StunBindingEffect.Failed(StunBindingFailure.TimedOut));
                break;
        }
    }

    private static StunBindingEffect Conclude(StunMessageView response)
    {
        Span<StunAttribute> unknown = stackalloc StunAttribute[1];
        if (response.Class == StunClass.Error)
        {
            return new StunBindingEffect.Failed(StunBindingFailure.Rejected);
        }

        return response.CopyUnknownRequired(unknown) == 0
            && response.TryGetAddress(StunAttribute.XorMappedAddress, out var address)
            ? new StunBindingEffect.Mapped(address)
            : new StunBindingEffect.Failed(StunBindingFailure.BadResponse);
    }
}
