using System.Data.Common;
using Farspan.Cluster;

namespace Farspan.Store;

/// <summary>
/// One connection, one transaction after the other. After a fault the connection is given up and the next
/// work opens another one.
/// </summary>
internal sealed class SqlSession(SqlDialect dialect, bool isWriting) : IDisposable
{
    private DbConnection? _connection;
    private DbTransaction? _transaction;

    public SqlDialect Dialect => dialect;

    /// <summary>What this connection has written of the vector; null if that is not known.</summary>
    public VersionVector? SeenWritten { get; set; }

    /// <summary>Does something in one transaction, or finds out why that does not work.</summary>
    public StoreAnswer<T> Run<T>(Func<SqlSession, T> work)
    {
        var isDone = false;
        try
        {
            var value = Transact(work);
            isDone = true;
            return new StoreAnswer<T>(value);
        }
        catch (StoreSchemaException failure)
        {
            return new StoreAnswer<T>(new StoreFault(StoreFaultKind.SchemaTooNew, failure.Message));
        }
        catch (Exception failure) when (dialect.Classify(failure) is { } fault)
        {
            return new StoreAnswer<T>(fault);
        }
        finally
        {
            if (!isDone)
            {
                Dispose();
            }
        }
    }

    /// <summary>Executes a command and returns the number of rows that it changed.</summary>
    public int Execute(string text, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Create(text, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>The first value of the first row; null if there is no row, or it is NULL.</summary>
    public object? Scalar(string text, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Create(text, parameters);
        return command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    public List<T> Query<T>(
        string text, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Create(text, parameters);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public void Dispose()
    {
        SeenWritten = null;
        _connection?.Dispose();
        _connection = null;
    }

    private T Transact<T>(Func<SqlSession, T> work)
    {
        _connection ??= dialect.Connect();
        using (_transaction = dialect.Begin(_connection, isWriting))
        {
            var value = work(this);
            _transaction.Commit();
            return value;
        }
    }

    private DbCommand Create(string text, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = _connection!.CreateCommand();
        command.CommandText = text;
        command.Transaction = _transaction;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
