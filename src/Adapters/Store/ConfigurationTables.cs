using System.Collections.Immutable;
using System.Data.Common;
using Farspan.Cluster;
using Farspan.Kernel;

namespace Farspan.Store;

/// <summary>The configuration log in tables.</summary>
internal static class ConfigurationTables
{
    private const string Columns = "writer, sequence, at, key, value";

    public static StoredConfiguration Load(SqlSession sql) => new(
        [.. sql.Query($"SELECT {Columns} FROM configuration_change ORDER BY writer, sequence", ToChange)],
        ReadSeen(sql));

    public static StoredConfiguration Read(SqlSession sql, VersionVector have)
    {
        var seen = ReadSeen(sql);
        var changes = ImmutableArray.CreateBuilder<ConfigurationChange>();
        foreach (var (writer, sequence) in seen.Sequences)
        {
            if (sequence > have[writer])
            {
                changes.AddRange(sql.Query(
                    $"""
                     SELECT {Columns} FROM configuration_change
                     WHERE writer = @writer AND sequence > @after AND sequence <= @through ORDER BY sequence
                     """,
                    ToChange,
                    ("writer", writer),
                    ("after", have[writer]),
                    ("through", sequence)));
            }
        }

        return new StoredConfiguration(changes.ToImmutable(), seen);
    }

    public static void Write(SqlSession sql, StoreBatch batch)
    {
        foreach (var change in batch.Changes)
        {
            Insert(sql, change);
        }

        foreach (var dropped in batch.Dropped)
        {
            sql.Execute(
                "DELETE FROM configuration_change WHERE writer = @writer AND sequence = @sequence",
                ("writer", dropped.Writer),
                ("sequence", dropped.Sequence));
        }

        if (batch.Seen is { } seen)
        {
            WriteSeen(sql, seen);
        }
    }

    private static void Insert(SqlSession sql, ConfigurationChange change) => sql.Execute(
        $"""
         INSERT INTO configuration_change ({Columns}) VALUES (@writer, @sequence, @at, @key, @value)
         ON CONFLICT (writer, sequence) DO NOTHING
         """,
        ("writer", change.Writer),
        ("sequence", change.Sequence),
        ("at", change.At.Packed),
        ("key", change.Key),
        ("value", change.Value));

    private static void WriteSeen(SqlSession sql, VersionVector seen)
    {
        var written = sql.SeenWritten ?? VersionVector.Empty;
        foreach (var (writer, sequence) in seen.Sequences)
        {
            if (sequence > written[writer])
            {
                sql.Execute(
                    """
                    INSERT INTO configuration_seen (writer, sequence) VALUES (@writer, @sequence)
                    ON CONFLICT (writer) DO UPDATE SET sequence = excluded.sequence
                    WHERE configuration_seen.sequence < excluded.sequence
                    """,
                    ("writer", writer),
                    ("sequence", sequence));
            }
        }

        // Forgotten with the connection if the transaction fails.
        sql.SeenWritten = written.Merge(seen);
    }

    private static VersionVector ReadSeen(SqlSession sql)
    {
        var seen = sql.Query(
            "SELECT writer, sequence FROM configuration_seen",
            reader => KeyValuePair.Create(reader.GetString(0), reader.GetInt64(1)));
        Invariant.Require(VersionVector.TryCreate(seen, out var vector));
        return vector;
    }

    private static ConfigurationChange ToChange(DbDataReader reader) => new(
        reader.GetString(0),
        reader.GetInt64(1),
        new HybridTimestamp(reader.GetInt64(2)),
        reader.GetString(3),
        reader.IsDBNull(4) ? null : reader.GetString(4));
}
