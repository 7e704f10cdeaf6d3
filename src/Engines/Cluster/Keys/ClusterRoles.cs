namespace Farspan.Cluster;

/// <summary>What a member of the cluster may be, as its certificate says: which keys it gets.</summary>
[Flags]
public enum ClusterRoles
{
    /// <summary>A witness: it keeps a store and serves no calls.</summary>
    None = 0,

    /// <summary>Holds callers.</summary>
    Edge = 1,

    /// <summary>Holds contacts.</summary>
    Connector = 2,
}
