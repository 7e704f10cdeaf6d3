using System.Collections.Immutable;
using System.Text;
using Farspan.Cluster;
using Farspan.Store;
using Farspan.Store.Tests;

namespace Farspan.Replication.Tests;

/// <summary>A replica and its store: what a node lives through without any peer.</summary>
[Collection(PostgresTests.Name)]
public sealed class ClusterReplicaTests(PostgresServer postgres) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("farspan-replica").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [PostgresFact]
    public async Task NodesThatShareADatabase_NeedNoNetworkToAgree()
    {
        var settings = postgres.CreateDatabase();
        await using var firstStore = new PostgresClusterStore(settings);
        await using var secondStore = new PostgresClusterStore(settings);
        var (first, second) = (new RecordingReplicaObserver(), new RecordingReplicaObserver());
        await using var one = await StartAsync("c-1", firstStore, first);
        await using var two = await StartAsync("c-2", secondStore, second);

        Assert.Null(await one.EditAsync([new ConfigurationEdit("k", "of one")]));
        await second.HoldsAsync("k", "of one").WaitAsync(Patience);
        Assert.Null(await two.EditAsync([new ConfigurationEdit("k", "of two")]));
        await first.HoldsAsync("k", "of two").WaitAsync(Patience);

        await first.WhenAsync(o => o.Members.Contains("c-2")).WaitAsync(Patience);
        await second.WhenAsync(o => o.Members.Contains("c-1")).WaitAsync(Patience);
        Assert.Empty(first.Failures.Concat(second.Failures));
    }

    [Fact]
    public async Task ANodeWhoseStoreIsNoDatabase_WorksWithoutIt()
    {
        var path = Path.Combine(_folder, "store.db");
        await File.WriteAllBytesAsync(path, Encoding.ASCII.GetBytes(new string('?', 8_192)));
        await using var store = new SqliteClusterStore(new SqliteStoreSettings(path));
        var observer = new RecordingReplicaObserver();
        await using var replica = await StartAsync("c-1", store, observer, TimeSpan.FromMilliseconds(100));

        Assert.Null(await replica.EditAsync([new ConfigurationEdit("k", "v")]));
        Assert.True(replica.Publish(StoreSamples.Record("call", 1, "x")));

        Assert.Equal("v", replica.View.Configuration.Values["k"]);
        Assert.Equal(StoreFaultKind.Damaged, replica.StoreFault!.Kind);
        var waiting = await replica.FindAsync(RowKind.CallRecord, "call/1", default).ValueAsync();
        Assert.Equal("x", waiting!.Text());
        var answer = await replica.AnswerAsync(new PullRequest(VersionVector.Empty, null, 0), Patience, default);
        Assert.Equal("k", Assert.Single(answer.Page.Changes).Key);
    }

    [Fact]
    public async Task WhatWasInForce_IsInForceAfterARestartThoughTheWholeIsNotValid()
    {
        var path = Path.Combine(_folder, "store.db");
        await using (var store = new SqliteClusterStore(new SqliteStoreSettings(path)))
        {
            await using var replica = await StartAsync("c-1", store, new RecordingReplicaObserver());
            Assert.Null(await replica.EditAsync([new ConfigurationEdit("k", "good")]));
        }

        // What another node did meanwhile, and what does not fit.
        await using (var store = new SqliteClusterStore(new SqliteStoreSettings(path)))
        {
            await store.PrepareAsync(default).ValueAsync();
            var now = HybridTimestamp.At(DateTimeOffset.UtcNow);
            await store.WriteAsync(
                new StoreBatch
                {
                    Changes = [new ConfigurationChange("other.1", 1, now, "l", "invalid")],
                    Seen = StoreSamples.Vector(("other.1", 1)),
                },
                default).ValueAsync();
        }

        await using var again = new SqliteClusterStore(new SqliteStoreSettings(path));
        await using var restarted = await StartAsync("c-1", again, new RecordingReplicaObserver());

        Assert.Equal(["k"], restarted.View.Configuration.Values.Keys);
        Assert.Equal("a value is invalid", restarted.View.Alarm!.Reason);
    }

    [Fact]
    public async Task AnEditThatIsNotValid_IsRefused()
    {
        await using var store = new SqliteClusterStore(new SqliteStoreSettings(Path.Combine(_folder, "store.db")));
        await using var replica = await StartAsync("c-1", store, new RecordingReplicaObserver());

        Assert.Equal(LogFaultKind.Invalid, (await replica.EditAsync([new ConfigurationEdit("k", "invalid")]))!.Kind);
    }

    [Fact]
    public async Task AQuestionWithoutNews_IsHeldUntilThereIsSome()
    {
        await using var store = new SqliteClusterStore(new SqliteStoreSettings(Path.Combine(_folder, "store.db")));
        await using var replica = await StartAsync("c-1", store, new RecordingReplicaObserver());
        var first = await replica.AnswerAsync(new PullRequest(VersionVector.Empty, null, 0), Patience, default);
        var known = new PullRequest(first.Page.Through, first.StoreId, first.RowsThrough);

        var held = replica.AnswerAsync(known, TimeSpan.FromMinutes(1), default);
        Assert.False(held.IsCompleted);
        Assert.True(replica.Publish(StoreSamples.Record("call", 1, "x") with { ExpiresAt = DateTimeOffset.MaxValue }));

        var answer = await held.WaitAsync(Patience);
        Assert.Equal("call/1", Assert.Single(answer.Rows).Key);
    }

    [Fact]
    public async Task AReplicaThatHasEnded_LeavesNobodyWaiting()
    {
        await using var store = new SqliteClusterStore(new SqliteStoreSettings(Path.Combine(_folder, "store.db")));
        var replica = await StartAsync("c-1", store, new RecordingReplicaObserver());
        await replica.DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => replica.EditAsync([new ConfigurationEdit("k", "v")]).WaitAsync(Patience));
    }

    private static Task<ClusterReplica> StartAsync(
        string node, IClusterStore store, RecordingReplicaObserver observer, TimeSpan? startMax = null) =>
        ClusterReplica.StartAsync(
            new ReplicaSettings
            {
                Node = node,
                Boot = Guid.NewGuid().ToString("N")[..8],
                Peers = [],
                Validate = values => values.ContainsValue("invalid") ? "a value is invalid" : null,
                Describe = store.IsShared ? () => Registration(node) : null,
                StartMax = startMax ?? Patience,
            },
            store,
            new NoTransport(),
            TimeProvider.System,
            observer);

    private static NodeRegistration Registration(string node) => new()
    {
        Node = node,
        Boot = "",
        Region = "eu",
        Roles = [],
        Addresses = ImmutableSortedDictionary<string, string>.Empty,
        CallsMax = 1,
        Calls = 0,
        Drain = NodeDrainState.Serving,
        Version = "test",
        SeenAt = default,
    };

    private sealed class NoTransport : IReplicaTransport
    {
        public Task<PullAnswer?> PullAsync(
            string address, PullRequest request, TimeSpan hold, CancellationToken stop) =>
            Task.FromResult<PullAnswer?>(null);
    }
}
