using System.Collections.Immutable;
using Farspan.Cluster;

namespace Farspan.Store;

/// <summary>
/// What the stores on SQL databases have in common: one thread that writes and one that reads, each with its
/// own connection, and a fault in the place of every exception of the database.
/// </summary>
public abstract class SqlClusterStore : IClusterStore
{
    /// <summary>Requests that may wait for one of the threads.</summary>
    private const int WaitingMax = 1_024;

    private readonly StoreThread _writer;
    private readonly StoreThread _reader;
    private readonly SqlSession _writing;
    private readonly SqlSession _reading;

    private protected SqlClusterStore(SqlDialect dialect, string name)
    {
        IsShared = dialect.IsShared;
        _writing = new SqlSession(dialect, isWriting: true);
        _reading = new SqlSession(dialect, isWriting: false);
        _writer = new StoreThread($"{name}-write", WaitingMax);
        _reader = new StoreThread($"{name}-read", WaitingMax);
    }

    public bool IsShared { get; }

    public Task<StoreAnswer<string>> PrepareAsync(CancellationToken stop) =>
        RunAsync(_writer, _writing, StoreSchema.Prepare, stop);

    public Task<StoreAnswer<StoredConfiguration>> LoadConfigurationAsync(CancellationToken stop) =>
        RunAsync(_reader, _reading, ConfigurationTables.Load, stop);

    public Task<StoreAnswer<StoredConfiguration>> ReadConfigurationAsync(
        VersionVector have, CancellationToken stop) =>
        RunAsync(_reader, _reading, sql => ConfigurationTables.Read(sql, have), stop);

    public Task<StoreAnswer<long>> WriteAsync(StoreBatch batch, CancellationToken stop) =>
        RunAsync(_writer, _writing, sql => Write(sql, batch), stop);

    public Task<StoreAnswer<StoredRows>> ReadRowsAsync(long after, int rowsMax, CancellationToken stop) =>
        RunAsync(_reader, _reading, sql => RowTables.Read(sql, after, rowsMax), stop);

    public Task<StoreAnswer<ReplicaRow?>> FindRowAsync(RowKind kind, string key, CancellationToken stop) =>
        RunAsync(_reader, _reading, sql => RowTables.Find(sql, kind, key), stop);

    public Task<StoreAnswer<ImmutableArray<ReplicaRow>>> ListRowsAsync(
        RowKind kind, string afterKey, int rowsMax, CancellationToken stop) =>
        RunAsync(_reader, _reading, sql => RowTables.List(sql, kind, afterKey, rowsMax), stop);

    public Task<StoreAnswer<ImmutableDictionary<string, long>>> ReadCursorsAsync(CancellationToken stop) =>
        RunAsync(_reader, _reading, LocalTables.ReadCursors, stop);

    public Task<StoreAnswer<byte[]?>> ReadDocumentAsync(string name, CancellationToken stop) =>
        RunAsync(_reader, _reading, sql => LocalTables.ReadDocument(sql, name), stop);

    public Task<StoreAnswer<int>> PurgeAsync(DateTimeOffset wall, CancellationToken stop) =>
        RunAsync(_writer, _writing, sql => RowTables.Purge(sql, wall), stop);

    public async ValueTask DisposeAsync()
    {
        await Task.Run(() =>
        {
            _writer.Dispose();
            _reader.Dispose();
        });
        _writing.Dispose();
        _reading.Dispose();
        GC.SuppressFinalize(this);
    }

    private static long Write(SqlSession sql, StoreBatch batch)
    {
        ConfigurationTables.Write(sql, batch);
        LocalTables.Write(sql, batch);
        return RowTables.Write(sql, batch.Rows);
    }

    private static async Task<StoreAnswer<T>> RunAsync<T>(
        StoreThread thread, SqlSession session, Func<SqlSession, T> work, CancellationToken stop)
    {
        var running = thread.TryRun(() => session.Run(work), stop);
        return running is null
            ? new StoreAnswer<T>(new StoreFault(StoreFaultKind.Busy, "too many requests wait"))
            : await running.ConfigureAwait(false);
    }
}
