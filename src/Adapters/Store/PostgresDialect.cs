using System.Data;
using System.Data.Common;
using System.Net.Sockets;
using Npgsql;

namespace Farspan.Store;

/// <summary>PostgreSQL: the nodes of a region write to it side by side.</summary>
internal sealed class PostgresDialect(PostgresStoreSettings settings) : SqlDialect
{
    // Any number will do as long as it stays the same: "farspan" in ASCII.
    private const long SchemaLock = 0x6661727370616E;

    public override bool IsShared => true;

    public override string Bytes => "BYTEA";

    // Other collations depend on the machine.
    public override string Text => "TEXT COLLATE \"C\"";

    public override string ForUpdate => " FOR UPDATE";

    public override DbConnection Connect()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(
            settings.ConnectionString.Reveal())
        {
            Pooling = false,
            Timeout = Math.Max(1, (int)settings.ConnectMax.TotalSeconds),
            CommandTimeout = Math.Max(1, (int)settings.CommandMax.TotalSeconds),
        }.ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override DbTransaction Begin(DbConnection connection, bool isWriting) =>
        connection.BeginTransaction(isWriting ? IsolationLevel.ReadCommitted : IsolationLevel.RepeatableRead);

    public override void LockSchema(SqlSession sql) =>
        sql.Execute("SELECT pg_advisory_xact_lock(@lock)", ("lock", SchemaLock));

    public override StoreFault? Classify(Exception failure) => failure switch
    {
        PostgresException database => new StoreFault(KindOf(database.SqlState), database.MessageText),
        NpgsqlException connection => new StoreFault(StoreFaultKind.Unreachable, connection.Message),
        SocketException or IOException or TimeoutException =>
            new StoreFault(StoreFaultKind.Unreachable, failure.Message),
        InvalidOperationException { Source: "Npgsql" } =>
            new StoreFault(StoreFaultKind.Unreachable, failure.Message),
        _ => null,
    };

    private static StoreFaultKind KindOf(string sqlState) => sqlState switch
    {
        PostgresErrorCodes.DiskFull or PostgresErrorCodes.OutOfMemory => StoreFaultKind.DiskFull,
        PostgresErrorCodes.AdminShutdown
            or PostgresErrorCodes.CrashShutdown
            or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.ReadOnlySqlTransaction => StoreFaultKind.Unreachable,
        PostgresErrorCodes.LockNotAvailable
            or PostgresErrorCodes.SerializationFailure
            or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.QueryCanceled
            or PostgresErrorCodes.TooManyConnections => StoreFaultKind.Busy,
        PostgresErrorCodes.InsufficientPrivilege
            or PostgresErrorCodes.InvalidPassword
            or PostgresErrorCodes.InvalidAuthorizationSpecification => StoreFaultKind.Denied,
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => StoreFaultKind.Damaged,
        PostgresErrorCodes.InvalidCatalogName => StoreFaultKind.Unreachable,
        _ => StoreFaultKind.Failed,
    };
}
