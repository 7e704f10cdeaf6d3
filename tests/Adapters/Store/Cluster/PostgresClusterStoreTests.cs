using Farspan.Cluster;
using static Farspan.Store.Tests.StoreSamples;

namespace Farspan.Store.Tests;

[Collection(PostgresTests.Name)]
public sealed class PostgresClusterStoreTests(PostgresServer postgres)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [PostgresFact]
    public async Task AWrongPassword_IsDenied()
    {
        await using var store = new PostgresClusterStore(postgres.Settings("postgres", "wrong"));

        Assert.Equal(StoreFaultKind.Denied, await store.PrepareAsync(default).FaultAsync());
    }

    [PostgresFact]
    public async Task ARestartOfTheDatabase_LosesNothingAndNobodyWaits()
    {
        await using var store = new PostgresClusterStore(postgres.CreateDatabase());
        var observer = new RecordingStoreObserver();
        await using var writer = new StoreWriter(store, new StoreWriterSettings(), TimeProvider.System, observer);
        Assert.True(writer.TryAdd(new StoreBatch { Rows = [Record("before", 1, "")] }));
        await observer.WrittenAsync(rows: 1).WaitAsync(Patience);

        postgres.End("-QUIT");
        Assert.True(writer.TryAdd(new StoreBatch { Rows = [Record("meanwhile", 1, "")] }));
        Assert.Equal(StoreFaultKind.Unreachable, (await observer.Fault.Task.WaitAsync(Patience)).Kind);
        postgres.Begin();

        await observer.Recovery.Task.WaitAsync(Patience);
        await observer.WrittenAsync(rows: 2).WaitAsync(Patience);
        var records = await store.ListRowsAsync(RowKind.CallRecord, "", 10, default).ValueAsync();
        Assert.Equal(["before/1", "meanwhile/1"], records.Select(r => r.Key));
    }

    [PostgresFact]
    public async Task ADatabaseThatIsAwayAtTheStart_IsUsedOnceItIsThere()
    {
        var settings = postgres.CreateDatabase();
        postgres.End("-QUIT");
        await using var store = new PostgresClusterStore(settings);
        var observer = new RecordingStoreObserver();
        await using var writer = new StoreWriter(store, new StoreWriterSettings(), TimeProvider.System, observer);
        Assert.True(writer.TryAdd(new StoreBatch { Rows = [Record("early", 1, "")] }));
        Assert.Equal(StoreFaultKind.Unreachable, (await observer.Fault.Task.WaitAsync(Patience)).Kind);

        postgres.Begin();

        await writer.Prepared.WaitAsync(Patience);
        await observer.WrittenAsync(rows: 1).WaitAsync(Patience);
    }
}
