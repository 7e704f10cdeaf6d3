namespace Farspan.Store;

/// <summary>The store that every node has built in: one SQLite file, with a write-ahead log.</summary>
public sealed class SqliteClusterStore(SqliteStoreSettings settings)
    : SqlClusterStore(new SqliteDialect(settings), "sqlite");
