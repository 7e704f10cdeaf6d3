using System.Diagnostics;
using Farspan.Cluster;
using Farspan.Store.Tests;

namespace Farspan.Replication.Tests;

/// <summary>Four nodes in two regions, for real: SQLite, mTLS, loopback.</summary>
public sealed class TwoRegionsTests : IAsyncLifetime
{
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private TwoRegions _regions = null!;

    public async Task InitializeAsync() => _regions = await TwoRegions.StartAsync();

    public async Task DisposeAsync()
    {
        var failures = _regions.Nodes.SelectMany(n => n.Observer.Failures).ToList();
        await _regions.DisposeAsync();
        Assert.Empty(failures);
    }

    [Fact]
    public async Task AChangeAtOneNode_IsEverywhereWithinTwoSeconds()
    {
        await ConnectedAsync();
        var started = Stopwatch.GetTimestamp();

        Assert.Null(await _regions["eu-2"].SetAsync("trunks/a", "v"));

        await _regions.EverywhereAsync(n => n.Observer.HoldsAsync("trunks/a", "v"), Patience);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, Promise);
    }

    [Fact]
    public async Task RegionsThatWereCutOff_AgreeAfterwards()
    {
        await ConnectedAsync();
        _regions.Cut();
        var (eu, us) = (_regions["eu-1"], _regions["us-2"]);
        await _regions.EverywhereAsync(n => n.Observer.WhenAsync(o => o.Reachable.Count == 1), Patience);

        Assert.Null(await eu.SetAsync("both", "of eu"));
        Assert.Null(await eu.SetAsync("eu", "here"));
        await _regions["eu-2"].Observer.HoldsAsync("eu", "here").WaitAsync(Patience);
        Assert.Null(await us.SetAsync("both", "of us"));
        Assert.Null(await us.SetAsync("us", "there"));
        await _regions["us-1"].Observer.HoldsAsync("us", "there").WaitAsync(Patience);
        Assert.Null(_regions["eu-2"].Observer.Value("us"));
        Assert.Equal("of eu", _regions["eu-2"].Observer.Value("both"));

        _regions.Heal();

        await _regions.EverywhereAsync(n => n.Observer.HoldsAsync("us", "there"), Patience);
        await _regions.EverywhereAsync(n => n.Observer.HoldsAsync("eu", "here"), Patience);
        await _regions.EverywhereAsync(n => n.Observer.HoldsAsync("both", "of us"), Patience);
        Assert.All(_regions.Nodes, n => Assert.Empty(n.Observer.Refusals));
    }

    [Fact]
    public async Task ATokenAndACallRecord_ReachTheOtherRegionsStores()
    {
        var token = StoreSamples.Token("call", 3, "eu-1", 1, "sealed") with
        {
            ExpiresAt = DateTimeOffset.UtcNow.AddHours(1),
        };
        var record = StoreSamples.Record("call", 1, "{}") with { ExpiresAt = DateTimeOffset.UtcNow.AddDays(1) };
        Assert.True(_regions["eu-1"].Replica.Publish(token));
        Assert.True(_regions["eu-1"].Replica.Publish(record));

        await _regions.EverywhereAsync(n => StoredAsync(n, RowKind.SealedToken, "call/contact", 3), Patience);
        await _regions.EverywhereAsync(n => StoredAsync(n, RowKind.CallRecord, "call/1", 1), Patience);

        // A later epoch of another node replaces it everywhere; an earlier one nowhere.
        Assert.True(_regions["us-1"].Replica.Publish(token with { Version = new RowVersion(4, "us-1", 0) }));
        Assert.True(_regions["eu-2"].Replica.Publish(token with { Version = new RowVersion(2, "eu-2", 9) }));
        await _regions.EverywhereAsync(n => StoredAsync(n, RowKind.SealedToken, "call/contact", 4), Patience);
    }

    [Fact]
    public async Task EveryNode_KnowsEveryNode() => await _regions.EverywhereAsync(
        n => n.Observer.WhenAsync(o => o.Members.SetEquals(["eu-1", "eu-2", "us-1", "us-2"])), Patience);

    [Fact]
    public async Task ARegionsOtherNode_IsAskedWhenTheFirstIsGone()
    {
        await ConnectedAsync();
        await _regions.StopAsync(_regions["us-1"]);

        Assert.Null(await _regions["us-2"].SetAsync("k", "v"));

        await _regions.EverywhereAsync(n => n.Observer.HoldsAsync("k", "v"), Patience);
    }

    [Fact]
    public async Task ANodeThatRestarts_HasWhatItHad()
    {
        await ConnectedAsync();
        Assert.Null(await _regions["eu-2"].SetAsync("k", "v"));
        await _regions.EverywhereAsync(n => n.Observer.HoldsAsync("k", "v"), Patience);
        await _regions.StopAsync(_regions["eu-2"]);

        // Nobody to ask: it lives on what its store holds.
        await using var again = await TestNode.StartAsync(_regions.FolderOf("eu-2"));

        Assert.Equal("v", again.Replica.View.Configuration.Values["k"]);
    }

    private Task ConnectedAsync() =>
        _regions.EverywhereAsync(n => n.Observer.WhenAsync(o => o.Reachable.Count == 2), Patience);

    private static async Task StoredAsync(TestNode node, RowKind kind, string key, long number)
    {
        while (true)
        {
            var writes = node.Observer.Writes;
            if ((await node.Replica.FindAsync(kind, key, default).ValueAsync())?.Version.Number == number)
            {
                return;
            }

            await node.Observer.WhenAsync(o => o.Writes > writes);
        }
    }
}
