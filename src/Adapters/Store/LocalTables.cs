using System.Collections.Immutable;

namespace Farspan.Store;

/// <summary>
/// What a store keeps for its own node: cursors and documents. None of it is sent to others.
/// </summary>
internal static class LocalTables
{
    public static ImmutableDictionary<string, long> ReadCursors(SqlSession sql) => sql.Query(
        "SELECT store_id, position FROM store_cursor",
        reader => KeyValuePair.Create(reader.GetString(0), reader.GetInt64(1))).ToImmutableDictionary();

    public static byte[]? ReadDocument(SqlSession sql, string name) =>
        (byte[]?)sql.Scalar("SELECT content FROM store_document WHERE name = @name", ("name", name));

    public static void Write(SqlSession sql, StoreBatch batch)
    {
        foreach (var (storeId, position) in batch.Cursors)
        {
            sql.Execute(
                """
                INSERT INTO store_cursor (store_id, position) VALUES (@id, @position)
                ON CONFLICT (store_id) DO UPDATE SET position = excluded.position
                """,
                ("id", storeId),
                ("position", position));
        }

        foreach (var (name, content) in batch.Documents)
        {
            sql.Execute(
                """
                INSERT INTO store_document (name, content) VALUES (@name, @content)
                ON CONFLICT (name) DO UPDATE SET content = excluded.content
                """,
                ("name", name),
                ("content", content.ToArray()));
        }
    }
}
