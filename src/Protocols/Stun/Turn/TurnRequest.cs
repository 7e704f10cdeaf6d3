using Farspan.Kernel;

namespace Farspan.Stun;

/// <summary>One transaction under way with the server.</summary>
internal sealed class TurnRequest(StunMethod method, TurnPeer? peer)
{
    private StunRetransmission _retransmission;

    public StunMethod Method { get; } = method;

    public TurnPeer? Peer { get; } = peer;

    public StunTransactionId Id { get; private set; }

    public ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>It carried MESSAGE-INTEGRITY, so its answer must.</summary>
    public bool IsSigned { get; private set; }

    /// <summary>How often it was repeated for a new nonce.</summary>
    public int NonceRetries { get; set; }

    public Instant? Deadline => _retransmission.Deadline;

    public void Begin(
        StunTransactionId id,
        ReadOnlyMemory<byte> bytes,
        bool isSigned,
        StunRetransmission retransmission)
    {
        Id = id;
        Bytes = bytes;
        IsSigned = isSigned;
        _retransmission = retransmission;
    }

    public StunRetransmissionStep Expire(Instant now) => _retransmission.Expire(now);
}
