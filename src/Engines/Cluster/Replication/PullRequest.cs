namespace Farspan.Cluster;

/// <summary>What a store has, so that another one can say what it lacks.</summary>
/// <param name="Have">Changes of the configuration.</param>
/// <param name="StoreId">The store whose rows were read before; null if none were.</param>
/// <param name="RowsAfter">How far; of no meaning to another store.</param>
public sealed record PullRequest(VersionVector Have, string? StoreId, long RowsAfter)
{
    /// <summary>
    /// Who asks: so a node whose address nobody was told becomes known to those that it was told of. Null if it
    /// does not register.
    /// </summary>
    public NodeRegistration? From { get; init; }
}
