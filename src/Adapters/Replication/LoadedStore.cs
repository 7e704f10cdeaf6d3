using System.Collections.Immutable;
using Farspan.Cluster;
using Farspan.Store;

namespace Farspan.Replication;

/// <summary>What a store held when it was read first.</summary>
/// <param name="Configuration">All changes.</param>
/// <param name="InForce">What was in force when the node ended; null if nothing was.</param>
/// <param name="Cursors">How far other stores were read.</param>
/// <param name="Nodes">Rows of nodes.</param>
internal sealed record LoadedStore(
    StoredConfiguration Configuration,
    ConfigurationWhole? InForce,
    ImmutableDictionary<string, long> Cursors,
    ImmutableArray<ReplicaRow> Nodes)
{
    /// <summary>Null if something could not be read.</summary>
    public static async Task<LoadedStore?> ReadAsync(
        IClusterStore store, string inForceDocument, CancellationToken stop)
    {
        var configuration = await store.LoadConfigurationAsync(stop).ConfigureAwait(false);
        var document = await store.ReadDocumentAsync(inForceDocument, stop).ConfigureAwait(false);
        var cursors = await store.ReadCursorsAsync(stop).ConfigureAwait(false);
        var nodes = await store.ListRowsAsync(RowKind.Node, "", ClusterLimits.NodesMax, stop)
            .ConfigureAwait(false);
        if (!configuration.TryGet(out var stored, out _)
            || !document.TryGet(out var inForce, out _)
            || !cursors.TryGet(out var read, out _)
            || !nodes.TryGet(out var rows, out _))
        {
            return null;
        }

        _ = ReplicationCodec.TryDecode(inForce, out ConfigurationWhole? whole);
        return new LoadedStore(stored, whole, read, rows);
    }
}
