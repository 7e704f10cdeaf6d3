using System.Net;

namespace Farspan.Cluster;

/// <summary>What <see cref="LifeSigns"/> asks of its owner.</summary>
public abstract record LifeSignsEffect
{
    private LifeSignsEffect()
    {
    }

    /// <summary>Send a datagram to a peer.</summary>
    public sealed record Send(string Node, IPEndPoint Address, ReadOnlyMemory<byte> Datagram) : LifeSignsEffect;

    /// <summary>A peer died or is back.</summary>
    public sealed record Noticed(LivenessEffect What) : LifeSignsEffect;

    /// <summary>We did not run for longer than we may: fence ourselves.</summary>
    public sealed record DidNotRun(TimeSpan Gap) : LifeSignsEffect;
}
