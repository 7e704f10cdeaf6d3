using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Farspan.Store;

/// <summary>SQLite: one file, one writer at a time, durable at each commit.</summary>
internal sealed class SqliteDialect(SqliteStoreSettings settings) : SqlDialect
{
    // Result codes, the low byte of the extended ones: https://www.sqlite.org/rescode.html
    private const int Permission = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Unauthorized = 23;
    private const int NotADatabase = 26;

    public override bool IsShared => false;

    public override string Bytes => "BLOB";

    public override string Text => "TEXT";

    // A writing transaction is alone from its beginning.
    public override string ForUpdate => "";

    public override DbConnection Connect()
    {
        PrivateFile.CreateFolderOf(settings.Path);
        if (!File.Exists(settings.Path))
        {
            // Before SQLite does: its log files take their mode from this one.
            PrivateFile.Open(settings.Path, FileMode.OpenOrCreate).Dispose();
        }

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = settings.Path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = Math.Max(1, (int)settings.BusyMax.TotalSeconds),
        }.ConnectionString);
        try
        {
            connection.Open();
            Configure(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override DbTransaction Begin(DbConnection connection, bool isWriting) =>
        ((SqliteConnection)connection).BeginTransaction(IsolationLevel.Serializable, deferred: !isWriting);

    public override void LockSchema(SqlSession sql)
    {
    }

    public override StoreFault? Classify(Exception failure) => failure switch
    {
        SqliteException database => new StoreFault(KindOf(database.SqliteErrorCode), database.Message),
        UnauthorizedAccessException denied => new StoreFault(StoreFaultKind.Denied, denied.Message),
        IOException file => new StoreFault(StoreFaultKind.Unreachable, file.Message),
        _ => null,
    };

    private static StoreFaultKind KindOf(int code) => code switch
    {
        Busy or Locked => StoreFaultKind.Busy,
        Full => StoreFaultKind.DiskFull,
        CannotOpen => StoreFaultKind.Unreachable,
        Permission or ReadOnly or Unauthorized => StoreFaultKind.Denied,
        Corrupt or NotADatabase => StoreFaultKind.Damaged,
        _ => StoreFaultKind.Failed,
    };

    private void Configure(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = string.Create(
            CultureInfo.InvariantCulture,
            $"""
             PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             PRAGMA max_page_count = {settings.PagesMax};
             """);
        command.ExecuteNonQuery();
    }
}
