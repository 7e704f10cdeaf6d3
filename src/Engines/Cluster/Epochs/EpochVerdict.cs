namespace Farspan.Cluster;

/// <summary>What the epoch in a message means beside the highest one that was heard (decision 0015).</summary>
public enum EpochVerdict
{
    /// <summary>The holder speaks.</summary>
    Current,

    /// <summary>Somebody has taken over, and speaks.</summary>
    Newer,

    /// <summary>Somebody speaks who was taken over: 412 with the higher epoch.</summary>
    Stale,
}
