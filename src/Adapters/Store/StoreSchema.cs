using System.Globalization;
using System.Security.Cryptography;

namespace Farspan.Store;

/// <summary>
/// The tables, as a list of steps: a store that has taken the first n has schema version n. Steps are only
/// ever added.
/// </summary>
internal static class StoreSchema
{
    /// <summary>The newest version.</summary>
    public static int Version => Steps.Length;

    private const string Properties =
        "CREATE TABLE IF NOT EXISTS store_property (name {text} NOT NULL PRIMARY KEY, value {text} NOT NULL)";

    // {text} and {bytes} are the dialect's types.
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE configuration_change (
            writer {text} NOT NULL, sequence BIGINT NOT NULL, at BIGINT NOT NULL,
            key {text} NOT NULL, value {text}, PRIMARY KEY (writer, sequence));
        CREATE TABLE configuration_seen (writer {text} NOT NULL PRIMARY KEY, sequence BIGINT NOT NULL);
        CREATE TABLE replica_row (
            kind INTEGER NOT NULL, key {text} NOT NULL,
            number BIGINT NOT NULL, node {text} NOT NULL, issue BIGINT NOT NULL,
            payload {bytes} NOT NULL, expires_at BIGINT NOT NULL, position BIGINT NOT NULL,
            PRIMARY KEY (kind, key));
        CREATE UNIQUE INDEX replica_row_position ON replica_row (position);
        CREATE INDEX replica_row_expires_at ON replica_row (expires_at);
        CREATE TABLE row_position (id INTEGER NOT NULL PRIMARY KEY, last BIGINT NOT NULL);
        INSERT INTO row_position (id, last) VALUES (1, 0);
        CREATE TABLE store_cursor (store_id {text} NOT NULL PRIMARY KEY, position BIGINT NOT NULL);
        """,
        """
        CREATE TABLE store_document (name {text} NOT NULL PRIMARY KEY, content {bytes} NOT NULL);
        """,
    ];

    /// <summary>Brings the tables up to date.</summary>
    /// <returns>The store's id.</returns>
    /// <exception cref="StoreSchemaException">They are of a later version.</exception>
    public static string Prepare(SqlSession sql)
    {
        sql.Dialect.LockSchema(sql);
        sql.Execute(Typed(sql, Properties));
        var version = int.Parse(ReadProperty(sql, "schema") ?? "0", CultureInfo.InvariantCulture);
        if (version > Version)
        {
            throw new StoreSchemaException(
                $"the store has schema {version}, this version of Farspan knows {Version}");
        }

        foreach (var step in Steps[version..])
        {
            sql.Execute(Typed(sql, step));
        }

        WriteProperty(sql, "schema", Version.ToString(CultureInfo.InvariantCulture));
        var id = ReadProperty(sql, "id") ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        WriteProperty(sql, "id", id);
        return id;
    }

    private static string Typed(SqlSession sql, string step) => step
        .Replace("{text}", sql.Dialect.Text, StringComparison.Ordinal)
        .Replace("{bytes}", sql.Dialect.Bytes, StringComparison.Ordinal);

    private static string? ReadProperty(SqlSession sql, string name) =>
        (string?)sql.Scalar("SELECT value FROM store_property WHERE name = @name", ("name", name));

    private static void WriteProperty(SqlSession sql, string name, string value) => sql.Execute(
        """
        INSERT INTO store_property (name, value) VALUES (@name, @value)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value
        """,
        ("name", name),
        ("value", value));
}
