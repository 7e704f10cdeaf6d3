using Farspan.Kernel;

namespace Farspan.Stun;

/// <summary>What a <see cref="TurnClientSession"/> wants done, in order.</summary>
public abstract record TurnEffect
{
    private TurnEffect()
    {
    }

    /// <summary>Send these bytes to the server; they do not change afterwards and may be kept.</summary>
    public sealed record Transmit(ReadOnlyMemory<byte> Bytes) : TurnEffect;

    /// <summary>There is a relay address.</summary>
    /// <param name="Relayed">Where peers reach us: a relayed candidate.</param>
    /// <param name="Mapped">Our own address as the server sees it; none if it did not tell.</param>
    /// <param name="Lifetime">What the server granted; renewed by the session.</param>
    public sealed record Allocated(TransportAddress Relayed, TransportAddress Mapped, TimeSpan Lifetime)
        : TurnEffect;

    /// <summary>The peer's address may send to us, and we to it.</summary>
    public sealed record Permitted(TransportAddress Peer) : TurnEffect;

    /// <summary>Data to and from the peer may use this channel.</summary>
    public sealed record ChannelBound(TransportAddress Peer, ushort Channel) : TurnEffect;

    /// <summary>
    /// The server does not let us talk to that peer; the code is null if it did not answer.
    /// </summary>
    public sealed record PeerRefused(TransportAddress Peer, StunErrorCode? Code) : TurnEffect;

    /// <summary>Another server is to be asked; <see cref="Failed"/> follows (RFC 8489 §10).</summary>
    public sealed record Redirected(TransportAddress Server) : TurnEffect;

    /// <summary>No allocation, or no longer one. The session is done.</summary>
    public sealed record Failed(TurnFailure Failure, StunErrorCode? Code) : TurnEffect;

    /// <summary>The allocation was released at our wish.</summary>
    public sealed record Closed : TurnEffect;
}
