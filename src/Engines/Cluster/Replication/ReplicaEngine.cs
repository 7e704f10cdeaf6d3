using Farspan.Kernel;

namespace Farspan.Cluster;

/// <summary>
/// One node's share of the cluster's memory: takes changes from people and from peers, asks peers for more,
/// and says what is in force and what is to be stored.
/// </summary>
/// <remarks>
/// Sans-IO: wall-clock time for the timestamps of changes and the monotonic clock for deadlines are handed
/// in, effects go to the outbox. Not thread-safe; one loop owns it.
/// </remarks>
public sealed class ReplicaEngine
{
    private readonly ConfigurationLog _log;
    private readonly ConfigurationInForce _inForce;
    private readonly PullTimings _timings;
    private readonly List<PullLoop> _loops = [];
    private readonly Dictionary<string, long> _rowsRead = new(StringComparer.Ordinal);
    private long _lastNumber;
    private long _offered;

    /// <param name="log">The changes, with what was restored from the disk.</param>
    /// <param name="inForce">The validated whole, with what was restored from the disk.</param>
    /// <param name="timings">How often peers are asked.</param>
    public ReplicaEngine(ConfigurationLog log, ConfigurationInForce inForce, PullTimings timings)
    {
        _log = log;
        _inForce = inForce;
        _timings = timings;
    }

    /// <summary>What is in force here.</summary>
    public ConfigurationWhole Current => _inForce.Current;

    /// <summary>Null while the merged whole is in force.</summary>
    public ConfigurationAlarm? Alarm => _inForce.Alarm;

    public VersionVector Seen => _log.Seen;

    /// <summary>When to call <see cref="Expire"/>; null without peers.</summary>
    public Instant? Deadline
    {
        get
        {
            Instant? next = null;
            foreach (var loop in _loops)
            {
                next = Instant.Earlier(next, loop.Deadline);
            }

            return next;
        }
    }

    /// <summary>Remembers how far the rows of a store were read, from the disk.</summary>
    public void RestoreCursor(string storeId, long through) => _rowsRead[storeId] = through;

    /// <summary>Puts in force what the restored changes amount to.</summary>
    public void Start(DateTimeOffset wall, Outbox<ReplicaEffect> outbox) => OfferMerged(wall, outbox);

    /// <summary>Asks from now on whoever is listed; peers that stay keep their place.</summary>
    public void SetPeers(IReadOnlyList<PullPeer> peers, Instant now)
    {
        _loops.RemoveAll(l => !peers.Any(p => IsSame(p, l.Peer)));
        foreach (var peer in peers.Where(p => !_loops.Any(l => IsSame(p, l.Peer))))
        {
            var loop = new PullLoop(peer, _timings);
            loop.AskAt(now);
            _loops.Add(loop);
        }
    }

    /// <summary>Takes edits of somebody at this node, all or none.</summary>
    /// <returns>Why they were not taken; null if they were.</returns>
    public LogFault? Edit(
        IReadOnlyList<ConfigurationEdit> edits, DateTimeOffset wall, Outbox<ReplicaEffect> outbox)
    {
        // A whole that is not valid already may be mended in several steps.
        if (_inForce.Alarm is null && Preview(edits) is { } reason)
        {
            return new LogFault(LogFaultKind.Invalid, reason);
        }

        if (!_log.TryAppend(edits, wall, out var changes, out var fault))
        {
            return fault;
        }

        outbox.Add(new ReplicaEffect.StoreChanges(changes, _log.Seen));
        OfferMerged(wall, outbox);
        return null;
    }

    /// <summary>Says what a store lacks of the configuration.</summary>
    public LogPage Answer(VersionVector have) => _log.Read(have);

    /// <summary>Whether a store lacks something of the configuration.</summary>
    public bool HasNewsFor(VersionVector have) => _log.HasNewsFor(have);

    /// <summary>Takes changes that others have put into a database that they share with this node.</summary>
    /// <param name="page">Everything that the database has and this node lacks.</param>
    /// <param name="wall">The node's wall clock.</param>
    /// <param name="outbox">Hears what became of it; nothing is to be stored.</param>
    public void TakeFromDatabase(LogPage page, DateTimeOffset wall, Outbox<ReplicaEffect> outbox)
    {
        Invariant.Require(!page.HasMore);
        if (page.Changes.IsEmpty && _log.Seen.Covers(page.Through))
        {
            return;
        }

        _log.Restore(page.Changes, page.Through);
        OfferMerged(wall, outbox);
    }

    /// <summary>Takes the answer of a peer.</summary>
    /// <param name="peer">Who answered.</param>
    /// <param name="number">The question's.</param>
    /// <param name="answer">As it came; not trusted.</param>
    /// <param name="clock">Both clocks at this moment.</param>
    /// <param name="outbox">For what is to be done.</param>
    public void Receive(
        string peer, long number, PullAnswer answer, ClusterMoment clock, Outbox<ReplicaEffect> outbox)
    {
        if (Find(peer, number) is not { } loop)
        {
            return;
        }

        if (!answer.IsWellFormed())
        {
            outbox.Add(new ReplicaEffect.Refused(peer, new LogFault(LogFaultKind.Malformed, "the answer")));
            GiveUp(loop, clock.Now, outbox);
            return;
        }

        if (loop.Answered(answer))
        {
            outbox.Add(new ReplicaEffect.PeerChanged(peer, IsReachable: true));
        }

        TakeRows(answer, outbox);
        loop.Rest(answer, clock.Now);
        if (loop.IsComplete)
        {
            TakeChanges(loop, clock, outbox);
        }
    }

    /// <summary>A question could not be asked or was not answered.</summary>
    public void Fail(string peer, long number, Instant now, Outbox<ReplicaEffect> outbox)
    {
        if (Find(peer, number) is { } loop)
        {
            GiveUp(loop, now, outbox);
        }
    }

    /// <summary>Asks whoever is to be asked, and gives up on whoever does not answer.</summary>
    public void Expire(Instant now, Outbox<ReplicaEffect> outbox)
    {
        foreach (var loop in _loops)
        {
            if (loop.TryGiveUp(now))
            {
                GiveUp(loop, now, outbox);
            }

            if (loop.TryBegin(_lastNumber + 1, now))
            {
                _lastNumber++;
                var storeId = loop.StoreId;
                var after = storeId is null ? 0 : _rowsRead.GetValueOrDefault(storeId);
                var request = new PullRequest(loop.Shown ?? _log.Seen, storeId, after);
                outbox.Add(new ReplicaEffect.Ask(loop.Peer.Name, loop.Address, _lastNumber, request));
            }
        }
    }

    /// <summary>Drops what the retention time no longer keeps.</summary>
    public void Compact(DateTimeOffset wall, Outbox<ReplicaEffect> outbox)
    {
        var dropped = _log.Compact(wall - ClusterLimits.Retention);
        if (!dropped.IsEmpty)
        {
            outbox.Add(new ReplicaEffect.DropChanges(dropped));
        }
    }

    private static bool IsSame(PullPeer left, PullPeer right) =>
        left.Name == right.Name && left.Addresses.SequenceEqual(right.Addresses);

    private static void GiveUp(PullLoop loop, Instant now, Outbox<ReplicaEffect> outbox)
    {
        if (loop.Failed(now))
        {
            outbox.Add(new ReplicaEffect.PeerChanged(loop.Peer.Name, IsReachable: false));
        }
    }

    private PullLoop? Find(string peer, long number) =>
        _loops.Find(l => l.Number == number && l.Peer.Name == peer);

    private void TakeRows(PullAnswer answer, Outbox<ReplicaEffect> outbox)
    {
        // It may be less than before: a store that was restored from a backup counts from there again.
        if (answer.RowsThrough != _rowsRead.GetValueOrDefault(answer.StoreId) || !answer.Rows.IsEmpty)
        {
            _rowsRead[answer.StoreId] = answer.RowsThrough;
            outbox.Add(new ReplicaEffect.StoreRows(answer.Rows, answer.StoreId, answer.RowsThrough));
        }
    }

    private void TakeChanges(PullLoop loop, ClusterMoment clock, Outbox<ReplicaEffect> outbox)
    {
        var (changes, through) = loop.TakeSession();
        var isNews = !_log.Seen.Covers(through);
        if (_log.Merge(changes, through, clock.Wall, out var taken) is { } fault)
        {
            outbox.Add(new ReplicaEffect.Refused(loop.Peer.Name, fault));
            loop.Refuse(clock.Now);
            return;
        }

        if (isNews)
        {
            outbox.Add(new ReplicaEffect.StoreChanges(taken, _log.Seen));
        }

        OfferMerged(clock.Wall, outbox);
    }

    private string? Preview(IReadOnlyList<ConfigurationEdit> edits)
    {
        var values = _log.MergedValues();
        foreach (var (key, value) in edits)
        {
            values = value is null ? values.Remove(key) : values.SetItem(key, value);
        }

        return _inForce.Validate(values);
    }

    private void OfferMerged(DateTimeOffset wall, Outbox<ReplicaEffect> outbox)
    {
        if (_log.Revision == _offered)
        {
            return;
        }

        _offered = _log.Revision;
        var before = _inForce.Alarm;
        if (_inForce.Offer(new ConfigurationWhole(_log.MergedValues(), _log.Seen), wall))
        {
            outbox.Add(new ReplicaEffect.PutInForce(_inForce.Current));
        }

        if (before?.Reason != _inForce.Alarm?.Reason)
        {
            outbox.Add(new ReplicaEffect.SetAlarm(_inForce.Alarm));
        }
    }
}
