namespace Farspan.Cluster;

/// <summary>What a store has, so that another one can say what it lacks.</summary>
/// <param name="Have">Changes of the configuration.</param>
/// <param name="StoreId">The store whose rows were read before; null if none were.</param>
/// <param name="RowsAfter">How far; of no meaning to another store.</param>
public sealed record PullRequest(VersionVector Have, string? StoreId, long RowsAfter);
