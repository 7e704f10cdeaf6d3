using Farspan.Cluster;
using Farspan.Kernel;
using Farspan.Runtime;
using Farspan.Store;

namespace Farspan.Replication;

/// <summary>
/// This node's part of the cluster's memory, running: the engine in a loop of its own, the store behind a
/// writer, and questions to other stores. Nothing that a call needs waits for it.
/// </summary>
/// <remarks>Thread-safe. A store that is away at the start is taken up when it comes: until then the node
/// lives on what its peers tell.</remarks>
public sealed class ClusterReplica : IAsyncDisposable
{
    private readonly ReplicaLoop _loop;
    private readonly StoreWriter _writer;
    private readonly IClusterStore _store;
    private readonly NewsSignal _news;
    private readonly ReplicaMailbox _mailbox;
    private readonly string _boot;
    private readonly string _writerId;

    private ClusterReplica(
        ReplicaSettings settings,
        IClusterStore store,
        IReplicaTransport transport,
        TimeProvider wall,
        IReplicaObserver observer)
    {
        var clock = new MonotonicClock();
        _boot = settings.Boot;
        _writerId = settings.WriterId;
        _store = store;
        _news = new NewsSignal();
        _mailbox = new ReplicaMailbox(clock);
        _writer = new StoreWriter(store, settings.Writer, wall, observer);
        _writer.PositionReached += _ => _news.Raise();
        _loop = new ReplicaLoop(settings, _mailbox, _news, new ReplicaClocks(wall, clock), observer)
        {
            Writer = _writer,
            Store = store,
            Transport = transport,
        };
    }

    /// <summary>What this node knows now.</summary>
    public ReplicaView View => _loop.View;

    /// <summary>Why nothing can be stored at the moment; null if something can.</summary>
    public StoreFault? StoreFault => _writer.Fault;

    /// <summary>Starts, with what the store holds if it is there in time.</summary>
    /// <param name="settings">Limits and peers.</param>
    /// <param name="store">Stays its owner's.</param>
    /// <param name="transport">Stays its owner's.</param>
    /// <param name="wall">The node's wall clock.</param>
    /// <param name="observer">Told what happens.</param>
    public static async Task<ClusterReplica> StartAsync(
        ReplicaSettings settings,
        IClusterStore store,
        IReplicaTransport transport,
        TimeProvider wall,
        IReplicaObserver observer)
    {
        var replica = new ClusterReplica(settings, store, transport, wall, observer);
        await replica._loop.StartAsync(settings.StartMax).ConfigureAwait(false);
        return replica;
    }

    /// <summary>Changes the configuration, all edits or none.</summary>
    /// <returns>Why not; null if it is changed here. It is durable and elsewhere soon after.</returns>
    public Task<LogFault?> EditAsync(IReadOnlyList<ConfigurationEdit> edits) =>
        _mailbox.AskAsync(() => _loop.Edit(edits));

    /// <summary>Hands over a row for this store and all others; never waits.</summary>
    /// <returns>False if too much waits already.</returns>
    public bool Publish(ReplicaRow row)
    {
        Invariant.Require(row.IsWellFormed());
        return _writer.TryAdd(new StoreBatch { Rows = [row] });
    }

    /// <summary>The row with a key, durable or not yet; null if there is none.</summary>
    public async Task<StoreAnswer<ReplicaRow?>> FindAsync(RowKind kind, string key, CancellationToken stop)
    {
        var isWaiting = _writer.TryFind(kind, key, out var waiting);
        var answer = await _store.FindRowAsync(kind, key, stop).ConfigureAwait(false);
        if (!isWaiting || (answer.TryGet(out var stored, out _) && stored?.Supersedes(waiting!) == true))
        {
            return answer;
        }

        return new StoreAnswer<ReplicaRow?>(waiting);
    }

    /// <summary>Takes what a node that asks us says of itself; who it is must have been verified.</summary>
    public void Meet(NodeRegistration registration) => _mailbox.Post(() => _loop.Meet(registration));

    /// <summary>Asks others from now on.</summary>
    public void SetPeers(IReadOnlyList<PullPeer> peers) => _mailbox.Post(() => _loop.SetPeers(peers));

    /// <summary>Answers the question of another store, as soon as there is something to say.</summary>
    /// <param name="request">What it has.</param>
    /// <param name="hold">How long to wait for something.</param>
    /// <param name="stop">Gives up: the peer is gone.</param>
    public async Task<PullAnswer> AnswerAsync(PullRequest request, TimeSpan hold, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(hold);
        while (true)
        {
            var next = _news.Next;
            var answer = await LookAsync(request, stop).ConfigureAwait(false);
            if (!answer.IsEmpty || limit.IsCancellationRequested || IsBehind(request, answer))
            {
                return answer;
            }

            await next.WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _loop.DisposeAsync().ConfigureAwait(false);
        await _writer.DisposeAsync().ConfigureAwait(false);
    }

    // Without news in words it may still learn how far it has come.
    private static bool IsBehind(PullRequest request, PullAnswer answer) =>
        !request.Have.Covers(answer.Page.Through) || request.StoreId != answer.StoreId;

    private async Task<PullAnswer> LookAsync(PullRequest request, CancellationToken stop)
    {
        var page = await _mailbox.AskAsync(() => _loop.Read(request.Have)).ConfigureAwait(false);
        if (!_writer.Prepared.IsCompletedSuccessfully)
        {
            return new PullAnswer(_writerId, $"{_boot}-memory", page, [], 0, false);
        }

        var storeId = await _writer.Prepared.ConfigureAwait(false);
        var after = request.StoreId == storeId ? request.RowsAfter : 0;
        if (after == _writer.Position && !_store.IsShared)
        {
            return new PullAnswer(_writerId, storeId, page, [], after, false);
        }

        var read = await _store.ReadRowsAsync(after, ReplicationLimits.RowsPerAnswerMax, stop)
            .ConfigureAwait(false);
        return read.TryGet(out var rows, out _)
            ? new PullAnswer(_writerId, storeId, page, rows.Rows, rows.Through, rows.HasMore)
            : new PullAnswer(_writerId, storeId, page, [], after, false);
    }
}
