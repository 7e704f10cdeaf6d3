using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Farspan.Cluster;
using Farspan.Kernel;
using Farspan.Store;

namespace Farspan.Replication;

/// <summary>
/// Owns the engine and the membership: everything that touches them runs here, one thing after the other.
/// </summary>
internal sealed class ReplicaLoop : IAsyncDisposable
{
    private static readonly TimeSpan AnswerSlack = TimeSpan.FromSeconds(1);

    private readonly ReplicaSettings _settings;
    private readonly ReplicaMailbox _mailbox;
    private readonly NewsSignal _news;
    private readonly ReplicaClocks _clocks;
    private readonly IReplicaObserver _observer;
    private readonly ConfigurationInForce _inForce;
    private readonly ReplicaEngine _engine;
    private readonly MemberBook _members;
    private readonly Outbox<ReplicaEffect> _effects = new();
    private readonly Outbox<MembershipEffect> _memberEffects = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TimerTable<Timer> _timers = new();
    private long _position;
    private bool _isReading;
    private Task _running = Task.CompletedTask;
    private Task _loading = Task.CompletedTask;
    private volatile ReplicaView _view = new(ConfigurationWhole.Empty, null, []);

    public ReplicaLoop(
        ReplicaSettings settings,
        ReplicaMailbox mailbox,
        NewsSignal news,
        ReplicaClocks clocks,
        IReplicaObserver observer)
    {
        _settings = settings;
        _mailbox = mailbox;
        _news = news;
        _clocks = clocks;
        _observer = observer;
        var hybrid = new HybridClock(ClusterLimits.ClockDriftMax);
        _inForce = new ConfigurationInForce(settings.Validate);
        _members = new MemberBook(settings, clocks, hybrid);
        var log = new ConfigurationLog(settings.WriterId, hybrid);
        _engine = new ReplicaEngine(log, _inForce, settings.Pull);
    }

    private enum Timer
    {
        /// <summary>Say who we are: <see cref="MembershipTimings.RegisterEvery"/>.</summary>
        Register,

        /// <summary>Look at a shared database: <see cref="ReplicaSettings.DatabaseEvery"/>.</summary>
        Database,

        /// <summary>Drop what has expired: <see cref="ReplicaSettings.PurgeEvery"/>.</summary>
        Purge,
    }

    public required StoreWriter Writer { get; init; }

    public required IClusterStore Store { get; init; }

    public required IReplicaTransport Transport { get; init; }

    public ReplicaView View => _view;

    private string InForceDocument => $"in-force/{_settings.Node}";

    /// <summary>Loads what the store holds, if it is there in time, and begins.</summary>
    public async Task StartAsync(TimeSpan atMost)
    {
        _running = Task.Run(RunAsync);
        _loading = GuardAsync(LoadAsync);
        await Task.WhenAny(_loading, Task.Delay(atMost)).ConfigureAwait(false);
        await _mailbox.AskAsync(() =>
        {
            _engine.SetPeers(_settings.Peers, _clocks.Now);
            _timers.Start(Timer.Register, _clocks.Now);
            _timers.Start(Timer.Purge, _clocks.Now + _settings.PurgeEvery);
            return true;
        }).ConfigureAwait(false);
    }

    public LogFault? Edit(IReadOnlyList<ConfigurationEdit> edits) =>
        _engine.Edit(edits, _clocks.Wall, _effects);

    public LogPage Read(VersionVector have) => _engine.Answer(have);

    /// <summary>Takes what a node that asks us says of itself.</summary>
    public void Meet(NodeRegistration registration)
    {
        if (_members.Meet(registration, _memberEffects) is { } row)
        {
            Writer.TryAdd(new StoreBatch { Rows = [row] });
        }
    }

    public void SetPeers(IReadOnlyList<PullPeer> peers) => _engine.SetPeers(peers, _clocks.Now);

    public async ValueTask DisposeAsync()
    {
        _mailbox.Close();
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        await _loading.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            await GuardAsync(Turn).ConfigureAwait(false);
            var next = Instant.Earlier(_engine.Deadline, Instant.Earlier(_members.Deadline, _timers.Next));
            await _mailbox.WaitAsync(next).ConfigureAwait(false);
        }

        await GuardAsync(Turn).ConfigureAwait(false); // Whoever asked something still gets his answer.
    }

    private Task Turn()
    {
        while (_mailbox.TryTake(out var action))
        {
            action();
            Perform();
        }

        Expire();
        Perform();
        return Task.CompletedTask;
    }

    [SuppressMessage("Design", "CA1031", Justification = "The supervisor of the loop and of what it starts.")]
    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Ending.
        }
        catch (Exception failure)
        {
            _observer.LoopFailed(failure);
        }
    }

    private void Expire()
    {
        var now = _clocks.Now;
        _engine.Expire(now, _effects);
        _members.Expire(_memberEffects);
        if (_timers.TryExpire(Timer.Register, now))
        {
            _timers.Start(Timer.Register, now + _settings.Membership.RegisterEvery);
            if (_members.Register(_memberEffects) is { } row)
            {
                Writer.TryAdd(new StoreBatch { Rows = [row] });
            }
        }

        if (_timers.TryExpire(Timer.Database, now))
        {
            _timers.Start(Timer.Database, now + _settings.DatabaseEvery);
            ReadDatabase();
        }

        if (_timers.TryExpire(Timer.Purge, now))
        {
            _timers.Start(Timer.Purge, now + _settings.PurgeEvery);
            _engine.Compact(_clocks.Wall, _effects);
            // A fault shows at the next write.
            _ = GuardAsync(() => Store.PurgeAsync(_clocks.Wall, _stop.Token));
        }
    }

    private void Perform()
    {
        if (_effects.Count == 0 && _memberEffects.Count == 0)
        {
            return;
        }

        foreach (var effect in _effects.Drain())
        {
            Perform(effect);
        }

        var memberEffects = _memberEffects.Drain();
        _view = new ReplicaView(_engine.Current, _engine.Alarm, _members.Members);
        foreach (var effect in memberEffects)
        {
            _observer.MembersChanged(effect);
        }
    }

    private void Perform(ReplicaEffect effect)
    {
        switch (effect)
        {
            case ReplicaEffect.Ask ask:
                Ask(ask);
                break;
            case ReplicaEffect.StoreChanges store:
                Writer.TryAdd(new StoreBatch { Changes = store.Changes, Seen = store.Seen });
                _news.Raise();
                break;
            case ReplicaEffect.DropChanges drop:
                Writer.TryAdd(new StoreBatch { Dropped = drop.Changes });
                break;
            case ReplicaEffect.StoreRows rows:
                TakeRows(rows);
                break;
            case ReplicaEffect.PutInForce put:
                PutInForce(put.Whole);
                break;
            case ReplicaEffect.SetAlarm set:
                _observer.ConfigurationAlarm(set.Alarm);
                break;
            case ReplicaEffect.Refused refused:
                _observer.PeerRefused(refused.Peer, refused.Fault);
                break;
            case ReplicaEffect.PeerChanged changed:
                _observer.PeerChanged(changed.Peer, changed.IsReachable);
                break;
            default:
                throw Invariant.Unreachable(effect);
        }
    }

    private void PutInForce(ConfigurationWhole whole)
    {
        Writer.TryAdd(new StoreBatch
        {
            Documents = ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty
                .Add(InForceDocument, ReplicationCodec.Encode(whole)),
        });
        _view = _view with { Configuration = whole, Alarm = _engine.Alarm };
        _observer.ConfigurationChanged(whole);
    }

    private void TakeRows(ReplicaEffect.StoreRows taken)
    {
        var wall = _clocks.Wall;
        var rows = taken.Rows.Where(r => r.ExpiresAt > wall).ToImmutableArray();
        _members.Hear(rows, _memberEffects);
        Writer.TryAdd(new StoreBatch
        {
            Rows = rows,
            Cursors = ImmutableDictionary<string, long>.Empty.Add(taken.StoreId, taken.Through),
        });
    }

    private void Ask(ReplicaEffect.Ask ask)
    {
        if (Writer.IsBacklogged)
        {
            _engine.Fail(ask.Peer, ask.Number, _clocks.Now, _effects); // Later: there is no room for answers.
            return;
        }

        var request = ask.Request with { From = _members.Own };
        _ = GuardAsync(() => AskAsync(ask, request));
    }

    private async Task AskAsync(ReplicaEffect.Ask ask, PullRequest request)
    {
        PullAnswer? answer = null;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            limit.CancelAfter(_settings.Pull.AnswerMax + AnswerSlack);
            answer = await Transport.PullAsync(ask.Address, request, _settings.Pull.HoldMax, limit.Token)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // It took too long.
        }
        finally
        {
            _mailbox.Post(() => Finish(ask, answer));
        }
    }

    private void Finish(ReplicaEffect.Ask ask, PullAnswer? answer)
    {
        if (answer is null)
        {
            _engine.Fail(ask.Peer, ask.Number, _clocks.Now, _effects);
        }
        else
        {
            _engine.Receive(ask.Peer, ask.Number, answer, _clocks.Read(), _effects);
        }
    }

    private async Task LoadAsync()
    {
        await Writer.Prepared.WaitAsync(_stop.Token).ConfigureAwait(false);
        var loaded = await ReadStoreAsync().ConfigureAwait(false);
        while (loaded is null)
        {
            await Task.Delay(_settings.DatabaseEvery, _stop.Token).ConfigureAwait(false);
            loaded = await ReadStoreAsync().ConfigureAwait(false);
        }

        await _mailbox.AskAsync(() => Restore(loaded)).ConfigureAwait(false);
    }

    private Task<LoadedStore?> ReadStoreAsync() =>
        LoadedStore.ReadAsync(Store, InForceDocument, _stop.Token);

    private bool Restore(LoadedStore loaded)
    {
        if (_engine.Current.Values.IsEmpty && loaded.InForce is { } inForce)
        {
            _inForce.Restore(inForce);
            _observer.ConfigurationChanged(inForce);
        }

        TakeFromDatabase(loaded.Configuration);
        foreach (var (storeId, position) in loaded.Cursors)
        {
            _engine.RestoreCursor(storeId, position);
        }

        _members.Restore(loaded.Nodes, _memberEffects);
        _position = Writer.Position;
        if (Store.IsShared)
        {
            _timers.Start(Timer.Database, _clocks.Now);
        }

        _view = new ReplicaView(_engine.Current, _engine.Alarm, _members.Members);
        return true;
    }

    private void TakeFromDatabase(StoredConfiguration stored)
    {
        var page = new LogPage(stored.Changes, stored.Seen, HasMore: false);
        _engine.TakeFromDatabase(page, _clocks.Wall, _effects);
        _news.Raise();
    }

    // What the other nodes of the region have put into the database that we share.
    private void ReadDatabase()
    {
        if (!_isReading)
        {
            _isReading = true;
            var (seen, position) = (_engine.Seen, _position);
            _ = GuardAsync(() => ReadDatabaseAsync(seen, position));
        }
    }

    private async Task ReadDatabaseAsync(VersionVector seen, long position)
    {
        try
        {
            var configuration = await Store.ReadConfigurationAsync(seen, _stop.Token).ConfigureAwait(false);
            var rows = await Store.ReadRowsAsync(position, ClusterLimits.RowsPerAnswerMax, _stop.Token)
                .ConfigureAwait(false);
            _mailbox.Post(() => TakeFromDatabase(configuration, rows));
        }
        finally
        {
            _mailbox.Post(() => _isReading = false);
        }
    }

    private void TakeFromDatabase(
        StoreAnswer<StoredConfiguration> configuration, StoreAnswer<StoredRows> rows)
    {
        if (configuration.TryGet(out var stored, out _) && !_engine.Seen.Covers(stored.Seen))
        {
            TakeFromDatabase(stored);
        }

        if (rows.TryGet(out var read, out _) && read.Through != _position)
        {
            _members.Hear(read.Rows, _memberEffects);
            _position = read.Through;
            _news.Raise();
        }
    }
}
