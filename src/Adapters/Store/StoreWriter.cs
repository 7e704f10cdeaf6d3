using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Farspan.Cluster;

namespace Farspan.Store;

/// <summary>
/// Stands between those who must not wait and a store that may be slow, full or away: takes writes into
/// bounded memory, writes them in groups, and tries again with growing delays for as long as it takes.
/// Thread-safe.
/// </summary>
public sealed class StoreWriter : IAsyncDisposable
{
    private static readonly TimeSpan LastAttempt = TimeSpan.FromSeconds(2);

    private readonly IClusterStore _store;
    private readonly StoreWriterSettings _settings;
    private readonly TimeProvider _clock;
    private readonly IStoreObserver _observer;
    private readonly PendingWrites _pending;
    private readonly SemaphoreSlim _work = new(0);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<string> _prepared =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly Task _running;
    private volatile StoreFault? _fault;
    private long _position;

    /// <summary>Prepares the store, as soon as that works, and then begins to write.</summary>
    /// <param name="store">Stays its owner's.</param>
    /// <param name="settings">Limits.</param>
    /// <param name="clock">For delays.</param>
    /// <param name="observer">Told how it goes.</param>
    public StoreWriter(
        IClusterStore store, StoreWriterSettings settings, TimeProvider clock, IStoreObserver observer)
    {
        _store = store;
        _settings = settings;
        _clock = clock;
        _observer = observer;
        _pending = new PendingWrites(settings);
        _running = Task.Run(WriteUntilStoppedAsync);
    }

    /// <summary>Rows became visible to other stores, up to this position.</summary>
    public event Action<long>? PositionReached;

    /// <summary>The store's id, once it is there; cancelled if it never was.</summary>
    public Task<string> Prepared => _prepared.Task;

    /// <summary>Why nothing can be written at the moment; null if something can.</summary>
    public StoreFault? Fault => _fault;

    /// <summary>Whether so much waits that more should not be fetched.</summary>
    public bool IsBacklogged => _pending.IsBacklogged;

    /// <summary>The position of the newest row that is durable.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>Takes something to be written; never waits.</summary>
    /// <returns>False if too much waits already.</returns>
    public bool TryAdd(StoreBatch batch)
    {
        if (!_pending.TryAdd(batch))
        {
            _observer.Refused();
            return false;
        }

        _work.Release();
        return true;
    }

    /// <summary>A row that is not durable yet.</summary>
    public bool TryFind(RowKind kind, string key, [NotNullWhen(true)] out ReplicaRow? row) =>
        _pending.TryFind(kind, key, out row);

    /// <summary>Tries once more to write what waits, for at most two seconds, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _work.Release();
        await _running.ConfigureAwait(false);
        using var limit = new CancellationTokenSource(LastAttempt, _clock);
        while (_prepared.Task.IsCompletedSuccessfully
            && !limit.IsCancellationRequested
            && await TryWriteAsync(limit.Token).ConfigureAwait(false))
        {
        }

        _work.Dispose();
        _stop.Dispose();
    }

    private async Task WriteUntilStoppedAsync()
    {
        await PrepareAsync().ConfigureAwait(false);
        var failures = 0;
        while (!_stop.IsCancellationRequested)
        {
            if (await TryWriteAsync(CancellationToken.None).ConfigureAwait(false))
            {
                failures = 0;
            }
            else if (_fault is null)
            {
                await _work.WaitAsync().ConfigureAwait(false);
            }
            else
            {
                await RestAsync(failures++).ConfigureAwait(false);
            }
        }
    }

    /// <summary>False if nothing waits, or it could not be written.</summary>
    private async Task<bool> TryWriteAsync(CancellationToken stop)
    {
        if (_pending.Take() is not { } batch)
        {
            return false;
        }

        var started = Stopwatch.GetTimestamp();
        var answer = await WriteAsync(batch, stop).ConfigureAwait(false);
        if (!answer.TryGet(out var position, out var fault))
        {
            _pending.Return();
            Fail(fault);
            return false;
        }

        _pending.Complete();
        Succeed(batch.Rows.Length, position, Stopwatch.GetElapsedTime(started));
        return true;
    }

    [SuppressMessage("Design", "CA1031", Justification = "The supervisor of the writing loop.")]
    private async Task<StoreAnswer<long>> WriteAsync(StoreBatch batch, CancellationToken stop)
    {
        try
        {
            return await _store.WriteAsync(batch, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return new StoreAnswer<long>(new StoreFault(StoreFaultKind.Busy, "no time was left"));
        }
        catch (Exception defect)
        {
            return new StoreAnswer<long>(new StoreFault(StoreFaultKind.Failed, defect.Message));
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "The supervisor of the writing loop.")]
    private async Task PrepareAsync()
    {
        for (var failures = 0; !_stop.IsCancellationRequested; failures++)
        {
            try
            {
                var prepared = await _store.PrepareAsync(_stop.Token).ConfigureAwait(false);
                if (prepared.TryGet(out var id, out var fault)
                    && (await _store.WriteAsync(new StoreBatch(), _stop.Token).ConfigureAwait(false))
                        .TryGet(out var position, out fault))
                {
                    Succeed(0, position, TimeSpan.Zero);
                    _prepared.TrySetResult(id);
                    return;
                }

                Fail(fault!);
            }
            catch (OperationCanceledException)
            {
                break;
            }
            catch (Exception defect)
            {
                Fail(new StoreFault(StoreFaultKind.Failed, defect.Message));
            }

            await RestAsync(failures).ConfigureAwait(false);
        }

        _prepared.TrySetCanceled();
    }

    private void Succeed(int rows, long position, TimeSpan took)
    {
        if (_fault is not null)
        {
            _fault = null;
            _observer.Recovered();
        }

        _observer.Written(rows, took);
        if (position > Position)
        {
            Volatile.Write(ref _position, position);
            PositionReached?.Invoke(position);
        }
    }

    private void Fail(StoreFault fault)
    {
        var isNews = _fault?.Kind != fault.Kind;
        _fault = fault;
        if (isNews)
        {
            _observer.Failing(fault);
        }
    }

    private async Task RestAsync(int failures)
    {
        var delay = _settings.RetryFirst * (1 << Math.Min(failures, 10));
        try
        {
            var bounded = delay < _settings.RetryMax ? delay : _settings.RetryMax;
            await Task.Delay(bounded, _clock, _stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Ending: DisposeAsync makes the last attempt.
        }
    }
}
