namespace Farspan.Store;

/// <summary>The store of a region whose nodes share a PostgreSQL database.</summary>
public sealed class PostgresClusterStore(PostgresStoreSettings settings)
    : SqlClusterStore(new PostgresDialect(settings), "postgres");
