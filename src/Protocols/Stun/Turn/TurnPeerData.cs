using Farspan.Kernel;

namespace Farspan.Stun;

/// <summary>
/// What a peer sent through the relay, in place in the server's message (RFC 8656 §11.4, §12.6).
/// </summary>
public readonly ref struct TurnPeerData(TransportAddress peer, ReadOnlySpan<byte> payload)
{
    public TransportAddress Peer { get; } = peer;

    public ReadOnlySpan<byte> Payload { get; } = payload;
}
