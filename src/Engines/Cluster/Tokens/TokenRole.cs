namespace Farspan.Cluster;

/// <summary>What a key of the cluster seals; each role has keys of its own (decision 0015). The numbers are
/// sent.</summary>
public enum TokenRole
{
    /// <summary>What rebuilds the contact's half: sealed and opened by connectors.</summary>
    Resume = 1,

    /// <summary>What rebuilds the caller's half: sealed and opened by edges.</summary>
    Caller = 2,

    /// <summary>Life signs: sealed and opened by every node.</summary>
    LifeSign = 3,
}
