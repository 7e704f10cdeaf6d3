using System.Collections.Immutable;
using Farspan.Kernel;

namespace Farspan.Cluster;

/// <summary>
/// The changes of the configuration that this node knows, its own and everybody's, and what they amount to: for
/// each key the last writer wins.
/// </summary>
/// <remarks>
/// <para>
/// What <see cref="Seen"/> promises: of each change it covers, the log holds that change or one that supersedes it.
/// Changes may arrive in any order and more than once; <see cref="Commit"/> moves the vector only when nothing below
/// it can be missing. So two logs with the same vector hold the same configuration, however they came to know it.
/// </para>
/// <para>Sans-IO and not thread-safe. Removals are kept for ever: dropping one could bring its key back from a node
/// that was away longer.</para>
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

    /// <summary>Counts how often the outcome has changed: equal counts, equal <see cref="Merge"/>.</summary>
    public long Revision { get; private set; }

    /// <summary>All changes that are held, by writer and sequence.</summary>
    public IEnumerable<ConfigurationChange> Changes => _writers.Values.SelectMany(w => w.Changes);

    /// <summary>What the changes amount to: keys and values, without the removed ones.</summary>
    public ImmutableSortedDictionary<string, string> Merge() =>
        _winners.Values.Where(w => w.Value is not null)
            .ToImmutableSortedDictionary(w => w.Key, w => w.Value!, StringComparer.Ordinal);

    /// <summary>Takes back what was stored before, without judging its timestamps again.</summary>
    public void Restore(IEnumerable<ConfigurationChange> changes, VersionVector seen)
    {
        foreach (var change in changes)
        {
            _clock.Restore(change.At);
            Insert(change);
        }

        Commit(seen);
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

    /// <summary>Takes a change from elsewhere.</summary>
    /// <param name="change">Of any writer, in any order.</param>
    /// <param name="wall">The node's wall clock.</param>
    /// <param name="isNew">Whether it was not known and is to be stored.</param>
    /// <returns>Why it was refused; null if it was taken, or known already.</returns>
    public LogFault? Take(ConfigurationChange change, DateTimeOffset wall, out bool isNew)
    {
        isNew = false;
        if (change.Check() is { } malformed)
        {
            return malformed;
        }

        if (Find(change.Writer, change.Sequence) is { } held)
        {
            return held == change ? null : Forked(change);
        }

        if (change.Sequence <= Seen[change.Writer])
        {
            return null; // Something that supersedes it is held in its stead.
        }

        if (Refuse(change, wall) is { } refused)
        {
            return refused;
        }

        Insert(change);
        isNew = true;
        return null;
    }

    /// <summary>States that everything a vector covers has been taken.</summary>
    public void Commit(VersionVector seen) => Seen = Seen.Merge(seen);

    /// <summary>Whether a vector lacks something that is held here.</summary>
    public bool HasNewsFor(VersionVector have) => !have.Covers(Seen);

    /// <summary>The next changes that somebody lacks, in a bounded number.</summary>
    public LogPage Read(VersionVector have) => LogPage.Read(
        _writers.Select(w => (w.Key, w.Value.Changes)), Seen, have);

    /// <summary>
    /// Drops changes from before a moment that something known everywhere here has superseded.
    /// </summary>
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

    // A winner that no vector covers yet is not sent to others: what it replaces must still be.
    private bool IsReplaced(ConfigurationChange change)
    {
        var winner = _winners[change.Key];
        return !ReferenceEquals(winner, change)
            && winner.Sequence <= Seen[winner.Writer]
            && change.Sequence <= Seen[change.Writer];
    }

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
                return new LogFault(LogFaultKind.Malformed, $"the key or value of {edit.Key.Length} characters");
            }
        }

        var keys = edits.Select(e => e.Key).Distinct(StringComparer.Ordinal).Count(k => !_winners.ContainsKey(k));
        return _winners.Count + keys > ClusterLimits.KeysMax || Count + edits.Count > ClusterLimits.ChangesMax
            ? new LogFault(LogFaultKind.LimitReached, $"{_winners.Count} keys, {Count} changes")
            : null;
    }

    private LogFault? Refuse(ConfigurationChange change, DateTimeOffset wall)
    {
        if (change.Writer == Writer)
        {
            return Forked(change);
        }

        // Twice of what one node accepts by itself: both sides of a partition may have come close to that.
        if (_winners.Count >= 2 * ClusterLimits.KeysMax
            || Count >= 2 * ClusterLimits.ChangesMax
            || (_writers.Count >= ClusterLimits.WritersMax && !_writers.ContainsKey(change.Writer)))
        {
            return new LogFault(LogFaultKind.LimitReached, $"{_winners.Count} keys, {Count} changes");
        }

        return _clock.TryObserve(change.At, wall)
            ? null
            : new LogFault(
                LogFaultKind.TimestampAhead,
                $"change {change.Sequence} of {change.Writer} is {change.At.AheadOf(wall):c} ahead of our clock");
    }

    private void Insert(ConfigurationChange change)
    {
        if (!_writers.TryGetValue(change.Writer, out var writer))
        {
            _writers.Add(change.Writer, writer = new WriterLog());
        }

        if (!writer.TryAdd(change))
        {
            return;
        }

        Count++;
        if (!_winners.TryGetValue(change.Key, out var winner) || change.Supersedes(winner))
        {
            _winners[change.Key] = change;
            Revision++;
        }
    }

    private ConfigurationChange? Find(string writer, long sequence) =>
        _writers.TryGetValue(writer, out var log) ? log.Find(sequence) : null;

    private static LogFault Forked(ConfigurationChange change) =>
        new(LogFaultKind.Forked, $"{change.Writer} has two changes with sequence {change.Sequence}");
}
