using System.Collections.Immutable;
using Farspan.Cluster;
using static Farspan.Store.Tests.StoreSamples;

namespace Farspan.Store.Tests;

public sealed class StoreWriterTests
{
    private readonly StoreWriterSettings _settings = new() { RowsMax = 8, BatchRowsMax = 3, BacklogFrom = 4 };

    [Fact]
    public void OfTheTokensOfACall_OnlyTheLatestWaits()
    {
        var pending = new PendingWrites(_settings);
        for (var i = 0; i < 100; i++)
        {
            Assert.True(pending.TryAdd(new StoreBatch { Rows = [Token("c", 1, "n", i, $"{i}")] }));
        }

        Assert.True(pending.TryAdd(new StoreBatch { Rows = [Token("c", 0, "n", 999, "fenced")] }));

        Assert.Equal("99", Assert.Single(pending.Take()!.Rows).Text());
    }

    [Fact]
    public void BeyondTheLimit_NewKeysAreRefusedAndKnownOnesAreNot()
    {
        var pending = new PendingWrites(_settings);
        for (var i = 0; i < 8; i++)
        {
            Assert.True(pending.TryAdd(new StoreBatch { Rows = [Record($"{i}", 1, "")] }));
        }

        Assert.False(pending.TryAdd(new StoreBatch { Rows = [Record("9", 1, "")] }));
        Assert.True(pending.TryAdd(new StoreBatch { Rows = [Record("7", 1, "")] }));
        Assert.True(pending.IsBacklogged);
    }

    [Fact]
    public void ACursor_IsWrittenWithTheLastOfItsRows()
    {
        var pending = new PendingWrites(_settings);
        pending.TryAdd(new StoreBatch
        {
            Rows = [Record("1", 1, ""), Record("2", 1, ""), Record("3", 1, ""), Record("4", 1, "")],
            Cursors = ImmutableDictionary<string, long>.Empty.Add("s", 4),
        });

        var first = pending.Take()!;
        pending.Complete();
        var second = pending.Take()!;

        Assert.Equal((3, 0), (first.Rows.Length, first.Cursors.Count));
        Assert.Equal((1, 1), (second.Rows.Length, second.Cursors.Count));
    }

    [Fact]
    public void WhatCouldNotBeWritten_WaitsInFrontOfWhatCameMeanwhile()
    {
        var pending = new PendingWrites(_settings);
        pending.TryAdd(new StoreBatch
        {
            Rows = [Token("c", 1, "n", 1, "old")],
            Changes = [Change("a", 1, "k", "v")],
            Seen = Vector(("a", 1)),
        });
        pending.Take();
        pending.TryAdd(new StoreBatch
        {
            Rows = [Token("c", 1, "n", 2, "new")],
            Changes = [Change("a", 2, "k", "w")],
            Seen = Vector(("a", 2)),
        });

        pending.Return();
        var batch = pending.Take()!;

        Assert.Equal("new", Assert.Single(batch.Rows).Text());
        Assert.Equal([1, 2], batch.Changes.Select(c => c.Sequence));
        Assert.Equal(2, batch.Seen!["a"]);
    }

    [Fact]
    public void WhatIsBeingWritten_CanBeFound()
    {
        var pending = new PendingWrites(_settings);
        pending.TryAdd(new StoreBatch { Rows = [Record("c", 1, "x")] });
        pending.Take();

        Assert.True(pending.TryFind(RowKind.CallRecord, "c/1", out var row));
        Assert.Equal("x", row.Text());
        pending.Complete();
        Assert.False(pending.TryFind(RowKind.CallRecord, "c/1", out _));
        Assert.True(pending.IsEmpty);
    }
}
