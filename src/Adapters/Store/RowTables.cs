using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using Farspan.Cluster;

namespace Farspan.Store;

/// <summary>Rows in a table, with the position at which each was written last.</summary>
/// <remarks>Whoever writes holds the last position until the end of his transaction, so that positions become
/// visible in their order: a reader never passes by one that comes later.</remarks>
internal static class RowTables
{
    private const string Columns = "kind, key, number, node, issue, payload, expires_at";

    /// <returns>The position of the newest row.</returns>
    public static long Write(SqlSession sql, ImmutableArray<ReplicaRow> rows)
    {
        var lockClause = rows.IsEmpty ? "" : sql.Dialect.ForUpdate;
        var first = LastPosition(sql, lockClause);
        var last = first;
        foreach (var row in rows)
        {
            last += Upsert(sql, row, last + 1);
        }

        if (last > first)
        {
            sql.Execute("UPDATE row_position SET last = @last WHERE id = 1", ("last", last));
        }

        return last;
    }

    public static StoredRows Read(SqlSession sql, long after, int rowsMax)
    {
        // Beyond the end: the reader knew this store before it was restored from a backup.
        var last = LastPosition(sql, "");
        var from = after > last ? 0 : after;
        var rows = sql.Query(
            $"""
             SELECT {Columns}, position FROM replica_row
             WHERE position > @from ORDER BY position LIMIT @most
             """,
            reader => (Row: ToRow(reader), Position: reader.GetInt64(7)),
            ("from", from),
            ("most", (long)rowsMax + 1));
        var hasMore = rows.Count > rowsMax;
        var shown = rows.Take(rowsMax).ToArray();
        return new StoredRows([.. shown.Select(r => r.Row)], hasMore ? shown[^1].Position : last, hasMore);
    }

    public static ReplicaRow? Find(SqlSession sql, RowKind kind, string key) => sql.Query(
        $"SELECT {Columns} FROM replica_row WHERE kind = @kind AND key = @key",
        ToRow,
        ("kind", (int)kind),
        ("key", key)).FirstOrDefault();

    public static ImmutableArray<ReplicaRow> List(
        SqlSession sql, RowKind kind, string afterKey, int rowsMax) =>
        [.. sql.Query(
            $"""
             SELECT {Columns} FROM replica_row
             WHERE kind = @kind AND key > @after ORDER BY key LIMIT @most
             """,
            ToRow,
            ("kind", (int)kind),
            ("after", afterKey),
            ("most", (long)rowsMax))];

    public static int Purge(SqlSession sql, DateTimeOffset wall) => sql.Execute(
        "DELETE FROM replica_row WHERE expires_at <= @now", ("now", wall.ToUnixTimeMilliseconds()));

    private static long LastPosition(SqlSession sql, string lockClause) => Convert.ToInt64(
        sql.Scalar($"SELECT last FROM row_position WHERE id = 1{lockClause}"), CultureInfo.InvariantCulture);

    private static int Upsert(SqlSession sql, ReplicaRow row, long position) => sql.Execute(
        $"""
         INSERT INTO replica_row ({Columns}, position)
         VALUES (@kind, @key, @number, @node, @issue, @payload, @expires, @position)
         ON CONFLICT (kind, key) DO UPDATE SET
             number = excluded.number, node = excluded.node, issue = excluded.issue,
             payload = excluded.payload, expires_at = excluded.expires_at, position = excluded.position
         WHERE (replica_row.number, replica_row.node, replica_row.issue)
             < (excluded.number, excluded.node, excluded.issue)
         """,
        ("kind", (int)row.Kind),
        ("key", row.Key),
        ("number", row.Version.Number),
        ("node", row.Version.Node),
        ("issue", row.Version.Issue),
        ("payload", row.Payload.ToArray()),
        ("expires", row.ExpiresAt.ToUnixTimeMilliseconds()),
        ("position", position));

    private static ReplicaRow ToRow(DbDataReader reader) => new(
        (RowKind)reader.GetInt32(0),
        reader.GetString(1),
        new RowVersion(reader.GetInt64(2), reader.GetString(3), reader.GetInt64(4)),
        reader.GetFieldValue<byte[]>(5),
        DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(6)));
}
