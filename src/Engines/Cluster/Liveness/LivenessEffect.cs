namespace Farspan.Cluster;

/// <summary>What <see cref="LivenessWatch"/> has noticed about a peer.</summary>
public abstract record LivenessEffect(string Node)
{
    /// <summary>The peer is dead, or cut off from us: what it held with us is to be taken over.</summary>
    /// <param name="Node">Its name.</param>
    /// <param name="Boot">The start that died.</param>
    /// <param name="Cause">How that was noticed.</param>
    /// <param name="SilentFor">Since the last that was heard of it.</param>
    public sealed record Died(string Node, string Boot, PeerDeath Cause, TimeSpan SilentFor) : LivenessEffect(Node);

    /// <summary>The peer can be used again: new calls, nothing that it held before.</summary>
    public sealed record Returned(string Node, string Boot) : LivenessEffect(Node);
}

/// <summary>How the death of a peer was noticed.</summary>
public enum PeerDeath
{
    /// <summary>Neither life signs nor media.</summary>
    Silent,

    /// <summary>Its connection failed and a new one was refused.</summary>
    TransportFailed,

    /// <summary>It has started anew: what it held is lost.</summary>
    Restarted,
}
