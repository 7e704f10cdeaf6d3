namespace Farspan.Cluster;

/// <summary>Why a token was not taken.</summary>
public enum TokenError
{
    None,

    /// <summary>No token, or only a part of one.</summary>
    Malformed,

    /// <summary>Longer than <see cref="TokenLimits.SealedBytesMax"/>.</summary>
    TooLarge,

    /// <summary>Sealed or written in a way that only newer nodes read.</summary>
    UnknownVersion,

    /// <summary>Sealed for another purpose.</summary>
    WrongRole,

    /// <summary>Of another cluster.</summary>
    ForeignCluster,

    /// <summary>Of another call.</summary>
    WrongCall,

    /// <summary>Sealed with a generation of keys that is not known here, not yet or not any more.</summary>
    UnknownGeneration,

    /// <summary>Not sealed by a node of the cluster, or changed since.</summary>
    Forged,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>Older than one that was seen before.</summary>
    Replayed,

    /// <summary>Genuine, but something is missing without which nothing can be rebuilt.</summary>
    Incomplete,
}
