namespace Farspan.Cluster;

/// <summary>How a peer is seen by <see cref="LivenessWatch"/>.</summary>
public enum PeerState
{
    /// <summary>Nothing was heard of it yet.</summary>
    Unknown,

    Alive,

    Dead,

    /// <summary>It was dead and gives signs of life again, not yet for long enough.</summary>
    Returning,
}
