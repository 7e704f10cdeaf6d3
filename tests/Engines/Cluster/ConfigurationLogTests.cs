namespace Farspan.Cluster.Tests;

public sealed class ConfigurationLogTests
{
    private static readonly DateTimeOffset Wall = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly ConfigurationLog _log = Log("a");

    [Fact]
    public void TheLaterWriter_Wins()
    {
        var other = Log("b");
        Append(_log, Wall, ("k", "early"));
        Append(other, Wall.AddMilliseconds(1), ("k", "late"));

        Sync(_log, other);
        Sync(other, _log);

        Assert.Equal("late", _log.MergedValues()["k"]);
        Assert.Equal(_log.MergedValues(), other.MergedValues());
    }

    [Fact]
    public void AtTheSameMoment_TheGreaterWriterWins()
    {
        var other = Log("b");
        Append(other, Wall, ("k", "of b"));
        Append(_log, Wall, ("k", "of a"));

        Sync(_log, other);
        Sync(other, _log);

        Assert.Equal("of b", _log.MergedValues()["k"]);
        Assert.Equal("of b", other.MergedValues()["k"]);
    }

    [Fact]
    public void AWriterThatHasSeenAChange_OverridesItWhateverItsClockSays()
    {
        var slow = Log("a");
        var fast = Log("b");
        Append(fast, Wall.AddSeconds(8), ("k", "first"));

        Sync(slow, fast);
        Append(slow, Wall, ("k", "second"));

        Assert.Equal("second", slow.MergedValues()["k"]);
    }

    [Fact]
    public void ARemoval_WinsLikeAnyChange()
    {
        Append(_log, Wall, ("k", "v"), ("l", "v"));
        Append(_log, Wall.AddSeconds(1), ("k", null));

        Assert.Equal(["l"], _log.MergedValues().Keys);
    }

    [Fact]
    public void AChangeFromTooFarAhead_IsTakenOnceOurClockIsNear()
    {
        var change = new ConfigurationChange("b", 1, HybridTimestamp.At(Wall.AddMinutes(1)), "k", "v");

        Assert.Equal(LogFaultKind.TimestampAhead, Take(change, Wall, out _)!.Kind);
        Assert.Empty(_log.MergedValues());

        Assert.Null(Take(change, Wall.AddSeconds(51), out var isNew));
        Assert.True(isNew);
    }

    [Fact]
    public void TheSameChangeTwice_IsKnown()
    {
        var change = new ConfigurationChange("b", 1, HybridTimestamp.At(Wall), "k", "v");

        Assert.Null(Take(change, Wall, out var first));
        Assert.Null(Take(change, Wall, out var second));

        Assert.Equal((true, false), (first, second));
    }

    [Fact]
    public void TwoChangesWithOneSequence_AreAFork()
    {
        var change = new ConfigurationChange("b", 1, HybridTimestamp.At(Wall), "k", "v");
        Assert.Null(Take(change, Wall, out _));

        Assert.Equal(LogFaultKind.Forked, Take(change with { Value = "w" }, Wall, out _)!.Kind);
    }

    [Fact]
    public void NobodyElse_WritesInOurName()
    {
        var forged = new ConfigurationChange("a", 7, HybridTimestamp.At(Wall), "k", "v");

        Assert.Equal(LogFaultKind.Forked, Take(forged, Wall, out _)!.Kind);
    }

    [Theory]
    [InlineData("", 1, 0, "k", "v")]
    [InlineData("wé", 1, 0, "k", "v")]
    [InlineData("w", 0, 0, "k", "v")]
    [InlineData("w", -1, 0, "k", "v")]
    [InlineData("w", 1, -1, "k", "v")]
    [InlineData("w", 1, 0, "", "v")]
    [InlineData("w", 1, 0, "k\0", "v")]
    [InlineData("w", 1, 0, "k", "\0")]
    public void AMalformedChange_IsRefused(string writer, long sequence, long at, string key, string value)
    {
        var change = new ConfigurationChange(writer, sequence, new HybridTimestamp(at), key, value);

        Assert.Equal(LogFaultKind.Malformed, Take(change, Wall, out _)!.Kind);
    }

    [Fact]
    public void HalfASurrogatePair_IsRefused()
    {
        var change = new ConfigurationChange("w", 1, default, "k", "\ud800");

        Assert.Equal(LogFaultKind.Malformed, Take(change, Wall, out _)!.Kind);
    }

    [Fact]
    public void EditsThatGoTooFar_AreRefusedAsAWhole()
    {
        var edits = new[] { new ConfigurationEdit("k", "v"), new ConfigurationEdit("", "v") };

        Assert.False(_log.TryAppend(edits, Wall, out _, out var fault));

        Assert.Equal(LogFaultKind.Malformed, fault!.Kind);
        Assert.Empty(_log.MergedValues());
        Assert.Equal(0, _log.Seen["a"]);
    }

    [Fact]
    public void AClockThatFellBehind_AppendsNothing()
    {
        Append(_log, Wall, ("k", "v"));

        Assert.False(_log.TryAppend([new("k", "w")], Wall.AddMinutes(-1), out _, out var fault));

        Assert.Equal(LogFaultKind.OwnClockBehind, fault!.Kind);
    }

    [Fact]
    public void Compaction_DropsWhatWasReplacedLongAgoAndChangesNothingElse()
    {
        Append(_log, Wall, ("k", "1"), ("gone", "1"));
        Append(_log, Wall.AddDays(1), ("k", "2"), ("gone", null));
        Append(_log, Wall.AddDays(40), ("k", "3"));
        var before = _log.MergedValues();

        var dropped = _log.Compact(Wall.AddDays(10));

        Assert.Equal(["k=1", "gone=1", "k=2"], dropped.Select(d => $"{d.Key}={d.Value}"));
        Assert.Equal(before, _log.MergedValues());
        Assert.Equal(2, _log.Count);

        // A store that knows nothing still learns the removal, and all that is.
        var fresh = Log("z");
        Sync(fresh, _log, Wall.AddDays(40));
        Assert.Equal(_log.Seen, fresh.Seen);
        Assert.Equal(before, fresh.MergedValues());
        Assert.Equal(2, fresh.Count);
    }

    [Fact]
    public void ALongLog_ComesInBoundedPages()
    {
        for (var i = 0; i < 1_200; i++)
        {
            Append(_log, Wall, ($"k{i % 100}", $"{i}"));
        }

        var other = Log("b");
        var pages = 0;
        var have = other.Seen;
        var shown = new List<ConfigurationChange>();
        LogPage page;
        do
        {
            page = _log.Read(have);
            Assert.InRange(page.Changes.Length, 1, ClusterLimits.ChangesPerAnswerMax);
            shown.AddRange(page.Changes);
            have = page.Through;
            pages++;
        }
        while (page.HasMore);

        Assert.Equal(3, pages);
        Assert.Null(other.Merge(shown, have, Wall, out _));
        Assert.Equal(_log.MergedValues(), other.MergedValues());
        Assert.Equal(_log.Seen, other.Seen);
    }

    [Fact]
    public void LargeValues_BoundAPageToo()
    {
        var large = new string('v', ClusterLimits.ValueCharactersMax);
        for (var i = 0; i < 40; i++)
        {
            Append(_log, Wall, ($"k{i}", large));
        }

        var page = _log.Read(VersionVector.Empty);

        Assert.True(page.HasMore);
        Assert.InRange(page.Changes.Sum(c => c.Value!.Length), 1, ClusterLimits.CharactersPerAnswerMax);
    }

    [Fact]
    public void ASessionWithOneRefusedChange_IsRefusedAsAWhole()
    {
        var good = new ConfigurationChange("b", 1, HybridTimestamp.At(Wall), "k", "v");
        var ahead = new ConfigurationChange("c", 1, HybridTimestamp.At(Wall.AddHours(1)), "l", "v");
        var through = VersionVector.Empty.With("b", 1).With("c", 1);

        Assert.NotNull(_log.Merge([good, ahead], through, Wall, out var taken));

        Assert.Empty(taken);
        Assert.Empty(_log.MergedValues());
        Assert.Equal(VersionVector.Empty, _log.Seen);
        Append(_log, Wall, ("k", "w"));
        Assert.Equal(HybridTimestamp.At(Wall), _log.Changes.Single().At);
    }

    internal static ConfigurationLog Log(string writer) =>
        new(writer, new HybridClock(ClusterLimits.ClockDriftMax));

    private static void Append(
        ConfigurationLog log, DateTimeOffset wall, params (string Key, string? Value)[] edits) =>
        Assert.True(log.TryAppend([.. edits.Select(e => new ConfigurationEdit(e.Key, e.Value))], wall, out _, out _));

    private static void Sync(ConfigurationLog to, ConfigurationLog from, DateTimeOffset? wall = null)
    {
        var page = from.Read(to.Seen);
        Assert.False(page.HasMore);
        Assert.Null(to.Merge(page.Changes, page.Through, wall ?? Wall, out _));
    }

    private LogFault? Take(ConfigurationChange change, DateTimeOffset wall, out bool isNew)
    {
        var fault = _log.Merge([change], VersionVector.Empty.With(change.Writer, change.Sequence), wall, out var taken);
        isNew = taken.Length > 0;
        return fault;
    }
}
