using Farspan.Kernel;

namespace Farspan.Cluster.Tests;

/// <summary>One engine and the answers that it gets.</summary>
public sealed class ReplicaEngineTests
{
    private static readonly DateTimeOffset Wall = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly Outbox<ReplicaEffect> _outbox = new();
    private readonly ReplicaEngine _engine = new(
        new ConfigurationLog("me.1", new HybridClock(ClusterLimits.ClockDriftMax)),
        new ConfigurationInForce(_ => null),
        new PullTimings());

    private Instant _now = Instant.Zero;

    [Fact]
    public void APageThatIsNotTheLast_MovesNoVectorAndPutsNothingInForce()
    {
        Receive(Ask(), Page(("a", 2), hasMore: true));

        Assert.Equal(VersionVector.Empty, _engine.Seen);
        Assert.Empty(_engine.Current.Values);
        Assert.Equal(2, Ask().Request.Have["a"]);
    }

    [Fact]
    public void TheLastPage_CountsForTheWholeSession()
    {
        Receive(Ask(), Page(("a", 2), hasMore: true));
        Receive(Ask(), Page(("b", 7), hasMore: false, after: ("a", 2)));

        Assert.Equal((2, 7), (_engine.Seen["a"], _engine.Seen["b"]));
        Assert.Equal(["a2", "b7"], _engine.Current.Values.Keys);
    }

    [Fact]
    public void AFailureInBetween_DoesNotBeginTheSessionAnew()
    {
        Receive(Ask(), Page(("a", 2), hasMore: true));
        _engine.Fail("peer", Ask().Number, _now, _outbox);
        Receive(Ask(), Page(("b", 7), hasMore: false, after: ("a", 2)));

        Assert.Equal((2, 7), (_engine.Seen["a"], _engine.Seen["b"]));
    }

    [Fact]
    public void AnotherSpeakerInBetween_DoesBeginItAnew()
    {
        Receive(Ask(), Page(("a", 2), hasMore: true));
        Receive(Ask(), Page(("b", 7), hasMore: false) with { Speaker = "peer.2" });

        // Of a2 nobody knows what the first speaker's next page would have said.
        Assert.Equal(VersionVector.Empty, _engine.Seen);
        Assert.Equal(VersionVector.Empty, Ask().Request.Have);
    }

    [Fact]
    public void AnAnswerWithARefusedChange_IsNotTakenAndSomebodyElseIsAsked()
    {
        _engine.SetPeers([new PullPeer("peer", ["one", "two"])], _now);
        var ahead = new ConfigurationChange("b", 1, HybridTimestamp.At(Wall.AddHours(1)), "late", "v");
        var page = Page(("a", 2), hasMore: false);
        Receive(Ask(), page with
        {
            Page = page.Page with
            {
                Changes = page.Page.Changes.Add(ahead),
                Through = page.Page.Through.With("b", 1),
            },
        });

        Assert.Empty(_engine.Current.Values);
        Assert.Equal(VersionVector.Empty, _engine.Seen);
        var refused = Assert.Single(_outbox.Drain().OfType<ReplicaEffect.Refused>());
        Assert.Equal(LogFaultKind.TimestampAhead, refused.Fault.Kind);
        var next = Ask();
        Assert.Equal("two", next.Address);
        Receive(next, Page(("a", 2), hasMore: false));
        Assert.Equal(["a2"], _engine.Current.Values.Keys);
    }

    [Fact]
    public void AnAnswerToAnOlderQuestion_IsIgnored()
    {
        var first = Ask();
        _engine.Fail("peer", first.Number, _now, _outbox);

        Receive(first, Page(("a", 2), hasMore: false));

        Assert.Equal(VersionVector.Empty, _engine.Seen);
    }

    [Fact]
    public void APeerThatDoesNotAnswer_IsAskedElsewhereAtGrowingIntervals()
    {
        _engine.SetPeers([new PullPeer("peer", ["one", "two"])], _now);
        var asked = new List<(string Address, double Seconds)>();
        for (var i = 0; i < 7; i++)
        {
            asked.Add((Ask().Address, (_now - Instant.Zero).TotalSeconds));
            _engine.Fail("peer", i + 1, _now, _outbox);
        }

        Assert.Equal(["one", "two", "one", "two", "one", "two", "one"], asked.Select(a => a.Address));
        Assert.Equal([0, 0.25, 0.5, 1, 1.5, 2.5, 3.5], asked.Select(a => a.Seconds));
    }

    [Fact]
    public void RowsAreReadOn_FromWhereTheirStoreWasRead()
    {
        var rows = new[] { ReplicaRows.CallRecord("c", 1, new RowVersion(1, "n", 0), default, Wall) };
        Receive(Ask(), Page(("a", 1), hasMore: false) with { Rows = [.. rows], RowsThrough = 5 });
        Assert.Equal(("store", 5), (Ask().Request.StoreId, _lastAsked!.Request.RowsAfter));

        // Restored from a backup: it counts from there again.
        Receive(_lastAsked, Page(("a", 1), hasMore: false) with { Rows = [.. rows], RowsThrough = 3 });
        Assert.Equal(3, Ask().Request.RowsAfter);
    }

    private ReplicaEffect.Ask? _lastAsked;

    private ReplicaEffect.Ask Ask()
    {
        if (_engine.Deadline is null)
        {
            _engine.SetPeers([new PullPeer("peer", ["one"])], _now);
        }

        _now = _engine.Deadline!.Value;
        _engine.Expire(_now, _outbox);
        return _lastAsked = _outbox.Drain().OfType<ReplicaEffect.Ask>().Single();
    }

    private void Receive(ReplicaEffect.Ask ask, PullAnswer answer) =>
        _engine.Receive("peer", ask.Number, answer, new ClusterMoment(Wall, _now), _outbox);

    private static PullAnswer Page(
        (string Writer, long Sequence) change, bool hasMore, (string Writer, long Sequence)? after = null)
    {
        var (writer, sequence) = change;
        var page = new LogPage(
            [new ConfigurationChange(writer, sequence, HybridTimestamp.At(Wall), $"{writer}{sequence}", "v")],
            VersionVector.Empty.With(writer, sequence).With(after?.Writer ?? writer, after?.Sequence ?? sequence),
            hasMore);
        return new PullAnswer("peer.1", "store", page, [], 0, false);
    }
}
