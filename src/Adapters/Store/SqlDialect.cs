using System.Data.Common;

namespace Farspan.Store;

/// <summary>Where the databases differ.</summary>
internal abstract class SqlDialect
{
    /// <summary>Whether other nodes write to the same database.</summary>
    public abstract bool IsShared { get; }

    /// <summary>The type of a column of bytes.</summary>
    public abstract string Bytes { get; }

    /// <summary>The type of a column of text that is compared byte by byte.</summary>
    public abstract string Text { get; }

    /// <summary>What a SELECT ends with whose row nobody else may change meanwhile.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>Opens a connection.</summary>
    public abstract DbConnection Connect();

    /// <summary>
    /// Begins a transaction that sees one moment of the database; a writing one waits for its turn.
    /// </summary>
    public abstract DbTransaction Begin(DbConnection connection, bool isWriting);

    /// <summary>
    /// Keeps other nodes from changing the tables in this transaction; nothing where there are none.
    /// </summary>
    public abstract void LockSchema(SqlSession sql);

    /// <summary>Says what an exception means; null if it is not the database's.</summary>
    public abstract StoreFault? Classify(Exception failure);
}
