using System.Collections.Immutable;
using Farspan.Cluster;

namespace Farspan.Store;

/// <summary>
/// Where a node keeps what the cluster shares: the configuration log, and rows of which the highest version
/// stays (registrations, call records, sealed tokens, journal copies).
/// </summary>
/// <remarks>
/// Nothing here throws for what the world does: a full disk, a lock and a database that is away are answers.
/// No call waits for a store; <see cref="StoreWriter"/> stands between them. Thread-safe.
/// </remarks>
public interface IClusterStore : IAsyncDisposable
{
    /// <summary>Whether other nodes write to the same database.</summary>
    bool IsShared { get; }

    /// <summary>
    /// Creates the tables or brings them up to date; to be called, with success, before the rest.
    /// </summary>
    /// <returns>The store's id, drawn when it was created.</returns>
    Task<StoreAnswer<string>> PrepareAsync(CancellationToken stop);

    /// <summary>Reads all changes, for a start.</summary>
    Task<StoreAnswer<StoredConfiguration>> LoadConfigurationAsync(CancellationToken stop);

    /// <summary>Reads the changes that somebody lacks, among those that are known without a gap.</summary>
    Task<StoreAnswer<StoredConfiguration>> ReadConfigurationAsync(VersionVector have, CancellationToken stop);

    /// <summary>Writes a batch.</summary>
    /// <returns>The position of the newest row; see <see cref="ReadRowsAsync"/>.</returns>
    Task<StoreAnswer<long>> WriteAsync(StoreBatch batch, CancellationToken stop);

    /// <summary>
    /// Reads rows after a position; 0 is the beginning, and a position that was never reached too.
    /// </summary>
    Task<StoreAnswer<StoredRows>> ReadRowsAsync(long after, int rowsMax, CancellationToken stop);

    /// <summary>The row with a key; null if there is none.</summary>
    Task<StoreAnswer<ReplicaRow?>> FindRowAsync(RowKind kind, string key, CancellationToken stop);

    /// <summary>Rows of a kind in the order of their keys.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="afterKey">The last key that was read; empty for the beginning.</param>
    /// <param name="rowsMax">At most so many.</param>
    /// <param name="stop">Gives up.</param>
    Task<StoreAnswer<ImmutableArray<ReplicaRow>>> ListRowsAsync(
        RowKind kind, string afterKey, int rowsMax, CancellationToken stop);

    /// <summary>How far the rows of other stores were read.</summary>
    Task<StoreAnswer<ImmutableDictionary<string, long>>> ReadCursorsAsync(CancellationToken stop);

    /// <summary>A document of this node; null if there is none.</summary>
    Task<StoreAnswer<byte[]?>> ReadDocumentAsync(string name, CancellationToken stop);

    /// <summary>Drops rows that have expired.</summary>
    /// <returns>How many.</returns>
    Task<StoreAnswer<int>> PurgeAsync(DateTimeOffset wall, CancellationToken stop);
}
