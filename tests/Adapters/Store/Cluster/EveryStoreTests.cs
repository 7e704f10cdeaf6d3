using System.Collections.Immutable;
using CsCheck;
using Farspan.Cluster;
using static Farspan.Store.Tests.StoreSamples;

namespace Farspan.Store.Tests;

/// <summary>What holds for every store.</summary>
[Collection(PostgresTests.Name)]
public sealed class EveryStoreTests(PostgresServer postgres) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("farspan-store").FullName;

    public static TheoryData<string> Stores() =>
        PostgresServer.Absence is null ? ["SQLite", "PostgreSQL"] : ["SQLite"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [PostgresFact]
    public void PostgreSql_IsAmongTheStores() => 
        Assert.Contains("PostgreSQL", ((IEnumerable<object[]>)Stores()).Select(s => s[0]));

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task WhatIsWritten_IsThereAfterARestart(string kind)
    {
        var place = Place(kind);
        var changes = ImmutableArray.Create(
            Change("a", 1, "k", "v"), Change("a", 2, "ключ", null), Change("b", 4, "k", "\u00e9\U0001F600"));
        var id = "";
        await using (var store = place())
        {
            id = await store.PrepareAsync(default).ValueAsync();
            await store.WriteAsync(
                new StoreBatch
                {
                    Changes = changes,
                    Seen = Vector(("a", 2), ("b", 4)),
                    Rows = [Token("c", 1, "n", 1, "token")],
                    Cursors = ImmutableDictionary<string, long>.Empty.Add("other", 7),
                    Documents = ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty.Add("d", new byte[] { 1, 2 }),
                },
                default).ValueAsync();
        }

        await using var again = place();
        Assert.Equal(id, await again.PrepareAsync(default).ValueAsync());
        var configuration = await again.LoadConfigurationAsync(default).ValueAsync();
        Assert.Equal(changes.AsEnumerable(), configuration.Changes);
        Assert.Equal(Vector(("a", 2), ("b", 4)), configuration.Seen);
        var row = await again.FindRowAsync(RowKind.SealedToken, "c/contact", default).ValueAsync();
        Assert.NotNull(row);
        Assert.Equal(("token", new RowVersion(1, "n", 1), Wall.AddHours(1)), (row.Text(), row.Version, row.ExpiresAt));
        Assert.Equal(7, (await again.ReadCursorsAsync(default).ValueAsync())["other"]);
        Assert.Equal(new byte[] { 1, 2 }, await again.ReadDocumentAsync("d", default).ValueAsync());
        Assert.Null(await again.ReadDocumentAsync("e", default).ValueAsync());
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task TheSeenVector_NeverGoesBackAndAChangeIsNeverRewritten(string kind)
    {
        await using var store = await OpenAsync(kind);
        await WriteAsync(store, new StoreBatch { Changes = [Change("a", 1, "k", "v")], Seen = Vector(("a", 5)) });
        await WriteAsync(store, new StoreBatch { Changes = [Change("a", 1, "k", "w")], Seen = Vector(("a", 3)) });

        var configuration = await store.LoadConfigurationAsync(default).ValueAsync();

        Assert.Equal("v", Assert.Single(configuration.Changes).Value);
        Assert.Equal(5, configuration.Seen["a"]);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task AReader_GetsWhatItLacksAndNothingBeyondTheVector(string kind)
    {
        await using var store = await OpenAsync(kind);
        await WriteAsync(store, new StoreBatch
        {
            Changes =
            [
                Change("a", 1, "k", "1"), Change("a", 2, "k", "2"), Change("a", 3, "k", "3"), Change("b", 1, "l", "1"),
            ],
            Seen = Vector(("a", 2), ("b", 1)),
        });

        var news = await store.ReadConfigurationAsync(Vector(("a", 1)), default).ValueAsync();

        Assert.Equal([("a", 2L), ("b", 1L)], news.Changes.Select(c => (c.Writer, c.Sequence)));
        Assert.Equal(4, (await store.LoadConfigurationAsync(default).ValueAsync()).Changes.Length);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task ADroppedChange_IsGone(string kind)
    {
        await using var store = await OpenAsync(kind);
        var changes = ImmutableArray.Create(Change("a", 1, "k", "1"), Change("a", 2, "k", "2"));
        await WriteAsync(store, new StoreBatch { Changes = changes, Seen = Vector(("a", 2)) });

        await WriteAsync(store, new StoreBatch { Dropped = [changes[0]] });

        var left = await store.LoadConfigurationAsync(default).ValueAsync();
        Assert.Equal(changes[1], Assert.Single(left.Changes));
        Assert.Equal(2, left.Seen["a"]);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task OfTheTokensOfACall_TheHighestEpochStaysWhateverTheOrder(string kind)
    {
        await using var store = await OpenAsync(kind);
        var tokens =
            from epoch in new[] { 1, 2 }
            from node in new[] { "B", "a", "a-1" }
            from issue in new[] { 0, 1 }
            select Token("", epoch, node, issue, $"{epoch} {node} {issue}");
        var call = 0;
        await Gen.Shuffle(tokens.ToArray()).SampleAsync(
            async shuffled =>
            {
                var id = $"call{call++}";
                foreach (var token in shuffled)
                {
                    await WriteAsync(store, new StoreBatch { Rows = [token with { Key = id }] });
                }

                var kept = await store.FindRowAsync(RowKind.SealedToken, id, default).ValueAsync();
                Assert.Equal("2 a-1 1", kept!.Text());
            },
            iter: 20,
            threads: 1);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task AnAttempt_HasOneRecord(string kind)
    {
        await using var store = await OpenAsync(kind);
        var records = ImmutableArray.Create(Record("c", 1, "first"), Record("c", 2, "other"));
        var first = await WriteAsync(store, new StoreBatch { Rows = records });

        var second = await WriteAsync(store, new StoreBatch { Rows = [Record("c", 1, "again")] });

        Assert.Equal(first, second);
        var stored = await store.ListRowsAsync(RowKind.CallRecord, "", 10, default).ValueAsync();
        Assert.Equal(["first", "other"], stored.Select(r => r.Text()));

        // Whoever took the call over knows better; whoever lost it does not.
        await WriteAsync(store, new StoreBatch { Rows = [Record("c", 1, "taken over", epoch: 2, node: "m")] });
        await WriteAsync(store, new StoreBatch { Rows = [Record("c", 1, "fenced", epoch: 1, node: "z")] });
        stored = await store.ListRowsAsync(RowKind.CallRecord, "", 10, default).ValueAsync();
        Assert.Equal(["taken over", "other"], stored.Select(r => r.Text()));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task RowsAreRead_InTheOrderInWhichTheyBecameWhatTheyAre(string kind)
    {
        await using var store = await OpenAsync(kind);
        await WriteAsync(store, new StoreBatch
        {
            Rows = [Token("a", 1, "n", 1, ""), Token("b", 1, "n", 1, ""), Token("c", 1, "n", 1, "")],
        });
        await WriteAsync(store, new StoreBatch { Rows = [Token("a", 1, "n", 2, ""), Token("b", 0, "n", 9, "")] });

        var first = await store.ReadRowsAsync(0, 2, default).ValueAsync();
        var rest = await store.ReadRowsAsync(first.Through, 2, default).ValueAsync();
        var nothing = await store.ReadRowsAsync(rest.Through, 2, default).ValueAsync();

        Assert.Equal(["b/contact", "c/contact"], first.Rows.Select(r => r.Key));
        Assert.Equal(["a/contact"], rest.Rows.Select(r => r.Key));
        Assert.Equal((true, false, false), (first.HasMore, rest.HasMore, nothing.HasMore));
        Assert.Empty(nothing.Rows);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task APositionThatWasNeverReached_IsTheBeginning(string kind)
    {
        await using var store = await OpenAsync(kind);
        await WriteAsync(store, new StoreBatch { Rows = [Token("a", 1, "n", 1, "")] });

        Assert.Single((await store.ReadRowsAsync(99, 10, default).ValueAsync()).Rows);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task ExpiredRows_AreDropped(string kind)
    {
        await using var store = await OpenAsync(kind);
        await WriteAsync(store, new StoreBatch { Rows = [Token("a", 1, "n", 1, ""), Record("c", 1, "stays")] });

        Assert.Equal(0, await store.PurgeAsync(Wall, default).ValueAsync());
        Assert.Equal(1, await store.PurgeAsync(Wall.AddHours(1), default).ValueAsync());

        Assert.Null(await store.FindRowAsync(RowKind.SealedToken, "a/contact", default).ValueAsync());
        Assert.NotNull(await store.FindRowAsync(RowKind.CallRecord, "c/1", default).ValueAsync());
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task AnOlderSchema_IsBroughtUpToDateWithWhatIsInIt(string kind)
    {
        var place = Place(kind);
        await using (var store = place())
        {
            await store.PrepareAsync(default).ValueAsync();
            await WriteAsync(store, new StoreBatch { Rows = [Record("c", 1, "old")] });
        }

        Execute(kind, "DROP TABLE store_document");
        Execute(kind, "UPDATE store_property SET value = '1' WHERE name = 'schema'");
        await using var again = place();
        await again.PrepareAsync(default).ValueAsync();

        Assert.Null(await again.ReadDocumentAsync("d", default).ValueAsync());
        Assert.Equal("old", (await again.FindRowAsync(RowKind.CallRecord, "c/1", default).ValueAsync())!.Text());
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task ALaterSchema_IsLeftAlone(string kind)
    {
        var place = Place(kind);
        await using (var store = place())
        {
            await store.PrepareAsync(default).ValueAsync();
        }

        Execute(kind, "UPDATE store_property SET value = '99' WHERE name = 'schema'");
        await using var again = place();

        Assert.Equal(StoreFaultKind.SchemaTooNew, await again.PrepareAsync(default).FaultAsync());
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task WritersSideBySide_HideNoRowFromAReader(string kind)
    {
        var place = Place(kind);
        await using var first = place();
        await using var second = place();
        await first.PrepareAsync(default).ValueAsync();
        await second.PrepareAsync(default).ValueAsync();
        var writing = Task.WhenAll(WriteManyAsync(first, "a"), WriteManyAsync(second, "b"));
        var seen = new HashSet<string>();
        long position = 0;
        bool wasWriting;
        do
        {
            wasWriting = !writing.IsCompleted;
            StoredRows page;
            do
            {
                page = await first.ReadRowsAsync(position, 7, default).ValueAsync();
                position = page.Through;
                seen.UnionWith(page.Rows.Select(r => r.Key));
            }
            while (page.HasMore);
        }
        while (wasWriting);

        await writing;
        Assert.Equal(120, seen.Count);
    }

    private static async Task WriteManyAsync(IClusterStore store, string name)
    {
        for (var i = 0; i < 20; i++)
        {
            await WriteAsync(store, new StoreBatch
            {
                Rows = [Record($"{name}{i}", 1, ""), Record($"{name}{i}", 2, ""), Record($"{name}{i}", 3, "")],
            });
        }
    }

    private static Task<long> WriteAsync(IClusterStore store, StoreBatch batch) =>
        store.WriteAsync(batch, default).ValueAsync();

    private async Task<IClusterStore> OpenAsync(string kind)
    {
        var store = Place(kind)();
        await store.PrepareAsync(default).ValueAsync();
        return store;
    }

    private PostgresStoreSettings? _database;

    private Func<IClusterStore> Place(string kind)
    {
        if (kind == "SQLite")
        {
            return () => new SqliteClusterStore(new SqliteStoreSettings(Path.Combine(_folder, "store.db")));
        }

        var settings = _database = postgres.CreateDatabase();
        return () => new PostgresClusterStore(settings);
    }

    private void Execute(string kind, string text)
    {
        SqlDialect dialect = kind == "SQLite"
            ? new SqliteDialect(new SqliteStoreSettings(Path.Combine(_folder, "store.db")))
            : new PostgresDialect(_database!);
        using var connection = dialect.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
