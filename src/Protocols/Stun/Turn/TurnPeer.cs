using Farspan.Kernel;

namespace Farspan.Stun;

/// <summary>One peer of an allocation: its permission, and its channel if one is wanted.</summary>
internal sealed class TurnPeer(TransportAddress address, ushort channel)
{
    public TransportAddress Address { get; } = address;

    /// <summary>Reserved from the start, used once the server agreed.</summary>
    public ushort Channel { get; } = channel;

    public bool WantsChannel { get; set; }

    public bool IsPermitted { get; set; }

    public bool IsBound { get; set; }

    /// <summary>A request for this peer is under way.</summary>
    public bool IsAsking { get; set; }

    /// <summary>When to renew; null before the first grant.</summary>
    public Instant? RefreshAt { get; set; }
}
