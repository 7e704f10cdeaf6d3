using System.Collections.Immutable;
using Farspan.Kernel;

namespace Farspan.Cluster;

/// <summary>
/// The changes of the configuration that this node knows, its own and everybody's, and what they amount to:
/// for each key the last writer wins.
/// </summary>
/// <remarks>
/// <para>
/// What <see cref="Seen"/> promises: of each change it covers, the log holds that change or one that
/// supersedes it, and it holds nothing else. Changes come in sessions (<see cref="LogPage"/>), each taken as a
/// whole or not at all, in any order and more than once. So two logs with the same vector hold the same
/// configuration, however they came to know it.
/// </para>
/// <para>Sans-IO and not thread-safe. Removals are kept for ever: dropping one could bring its key back from
/// a node that was away longer.</para>
/// </remarks>
public sealed class ConfigurationLog
{
    private readonly HybridClock _clock;
    private readonly SortedDictionary<string, WriterLog> _writers = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ConfigurationChange> _winners = new(StringComparer.Ordinal);

    /// <param name="writer">The id of this start of this node, never used before.</param>
    /// <param name="clock">Orders our changes among all.</param>
    public ConfigurationLog(string writer, HybridClock clock)
    {
        Invariant.Require(writer.Length is > 0 and <= ClusterLimits.WriterCharactersMax);
        Writer = writer;
        _clock = clock;
    }

    /// <summary>Who signs what is appended here.</summary>
    public string Writer { get; }

    /// <summary>What is known without a gap.</summary>
    public VersionVector Seen { get; private set; } = VersionVector.Empty;

    /// <summary>Changes that are held, outdated ones included.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// Counts how often the outcome has changed: equal counts, equal <see cref="MergedValues"/>.
    /// </summary>
    public long Revision { get; private set; }

    /// <summary>All changes that are held, by writer and sequence.</summary>
    public IEnumerable<ConfigurationChange> Changes => _writers.Values.SelectMany(w => w.Changes);

    /// <summary>What the changes amount to: keys and values, without the removed ones.</summary>
    public ImmutableSortedDictionary<string, string> MergedValues() =>
        _winners.Values.Where(w => w.Value is not null)
            .ToImmutableSortedDictionary(w => w.Key, w => w.Value!, StringComparer.Ordinal);

    /// <summary>Takes back what was stored before, without judging it again.</summary>
    public void Restore(IEnumerable<ConfigurationChange> changes, VersionVector seen)
    {
        foreach (var change in changes)
        {
            _clock.Restore(change.At);
            Insert(change);
        }

        Seen = Seen.Merge(seen);
    }

    /// <summary>Appends edits of this node, all or none.</summary>
    /// <param name="edits">In order; a later one of the same key replaces an earlier one.</param>
    /// <param name="wall">The node's wall clock.</param>
    /// <param name="changes">What is to be stored and sent around.</param>
    /// <param name="fault">Why nothing was appended.</param>
    public bool TryAppend(
        IReadOnlyList<ConfigurationEdit> edits,
        DateTimeOffset wall,
        out ImmutableArray<ConfigurationChange> changes,
        out LogFault? fault)
    {
        changes = [];
        fault = Check(edits);
        if (fault is not null)
        {
            return false;
        }

        var appended = ImmutableArray.CreateBuilder<ConfigurationChange>(edits.Count);
        foreach (var edit in edits)
        {
            if (!_clock.TryTick(wall, out var at))
            {
                fault = new LogFault(LogFaultKind.OwnClockBehind, $"the clock of {Writer} shows {wall:O}");
                return false;
            }

            var sequence = Seen[Writer] + 1 + appended.Count;
            appended.Add(new ConfigurationChange(Writer, sequence, at, edit.Key, edit.Value));
        }

        changes = appended.MoveToImmutable();
        foreach (var change in changes)
        {
            Insert(change);
        }

        Seen = Seen.With(Writer, changes[^1].Sequence);
        return true;
    }

    /// <summary>Takes what another log has shown in one session, all of it or nothing.</summary>
    /// <param name="changes">Of any writers, in any order.</param>
    /// <param name="through">What is known when these are.</param>
    /// <param name="wall">The node's wall clock.</param>
    /// <param name="taken">Those that were not known and are to be stored.</param>
    /// <returns>Why nothing was taken; null if there is nothing to object to.</returns>
    public LogFault? Merge(
        IReadOnlyList<ConfigurationChange> changes,
        VersionVector through,
        DateTimeOffset wall,
        out ImmutableArray<ConfigurationChange> taken)
    {
        taken = [];
        foreach (var change in changes)
        {
            if (Judge(change, wall) is { } fault)
            {
                return fault;
            }
        }

        // What is covered and not held is superseded by something that is.
        var news = changes.Where(c => c.Sequence > Seen[c.Writer]).ToImmutableArray();
        if (news.Length > 0 && FindLimit(news, through) is { } limit)
        {
            return limit;
        }

        taken = [.. news.Where(Insert)];
        foreach (var change in taken)
        {
            _clock.Restore(change.At);
        }

        Seen = Seen.Merge(through);
        return null;
    }

    /// <summary>Whether a vector lacks something that is held here.</summary>
    public bool HasNewsFor(VersionVector have) => !have.Covers(Seen);

    /// <summary>The next changes that somebody lacks, in a bounded number.</summary>
    /// <param name="have">What the reader has, or was shown by the pages before.</param>
    /// <param name="changesMax">At most so many.</param>
    public LogPage Read(VersionVector have, int changesMax = ClusterLimits.ChangesPerAnswerMax) =>
        LogPage.Read(_writers.Select(w => (w.Key, w.Value.Changes)), Seen, have, changesMax);

    /// <summary>Drops changes from before a moment that others have superseded.</summary>
    /// <returns>What was dropped, to be dropped from the disk as well.</returns>
    public ImmutableArray<ConfigurationChange> Compact(DateTimeOffset before)
    {
        var limit = HybridTimestamp.At(before);
        var dropped = Changes.Where(c => c.At < limit && IsReplaced(c)).ToImmutableArray();
        foreach (var change in dropped)
        {
            _writers[change.Writer].Remove(change.Sequence);
        }

        Count -= dropped.Length;
        return dropped;
    }

    private bool IsReplaced(ConfigurationChange change) => !ReferenceEquals(_winners[change.Key], change);

    private LogFault? Check(IReadOnlyList<ConfigurationEdit> edits)
    {
        if (edits.Count is 0 or > ClusterLimits.EditsMax)
        {
            return new LogFault(LogFaultKind.LimitReached, $"{edits.Count} edits");
        }

        foreach (var edit in edits)
        {
            if (new ConfigurationChange(Writer, 1, default, edit.Key, edit.Value).Check() is not null)
            {
                return new LogFault(
                    LogFaultKind.Malformed, $"the key of {edit.Key.Length} characters, or its value");
            }
        }

        var keys = edits.Select(e => e.Key)
            .Distinct(StringComparer.Ordinal)
            .Count(k => !_winners.ContainsKey(k));
        return _winners.Count + keys > ClusterLimits.KeysMax || Count + edits.Count > ClusterLimits.ChangesMax
            ? new LogFault(LogFaultKind.LimitReached, $"{_winners.Count} keys, {Count} changes")
            : null;
    }

    private LogFault? Judge(ConfigurationChange change, DateTimeOffset wall)
    {
        if (change.Check() is { } malformed)
        {
            return malformed;
        }

        var held = _writers.TryGetValue(change.Writer, out var log) ? log.Find(change.Sequence) : null;
        var isForked = held is null
            ? change.Writer == Writer && change.Sequence > Seen[Writer]
            : held != change;
        if (isForked)
        {
            return new LogFault(
                LogFaultKind.Forked, $"{change.Writer} has two changes with sequence {change.Sequence}");
        }

        return held is not null || _clock.Accepts(change.At, wall)
            ? null
            : new LogFault(
                LogFaultKind.TimestampAhead,
                $"change {change.Sequence} of {change.Writer} is {change.At.AheadOf(wall):c} ahead");
    }

    // Twice of what one node accepts by itself: both sides of a partition may have come close to that.
    private LogFault? FindLimit(ImmutableArray<ConfigurationChange> news, VersionVector through)
    {
        var keys = _winners.Count
            + news.Select(c => c.Key).Distinct(StringComparer.Ordinal).Count(k => !_winners.ContainsKey(k));
        var writers = Seen.Merge(through).Count;
        var isWithin = keys <= 2 * ClusterLimits.KeysMax
            && Count + news.Length <= 2 * ClusterLimits.ChangesMax
            && writers <= ClusterLimits.WritersMax;
        return isWithin
            ? null
            : new LogFault(LogFaultKind.LimitReached, $"{keys} keys, {Count} changes, {writers} writers");
    }

    // False if it is held.
    private bool Insert(ConfigurationChange change)
    {
        if (!_writers.TryGetValue(change.Writer, out var writer))
        {
            _writers.Add(change.Writer, writer = new WriterLog());
        }

        if (!writer.TryAdd(change))
        {
            return false;
        }

        Count++;
        if (!_winners.TryGetValue(change.Key, out var winner) || change.Supersedes(winner))
        {
            _winners[change.Key] = change;
            Revision++;
        }

        return true;
    }
}
