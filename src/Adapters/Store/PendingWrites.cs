using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Farspan.Cluster;

namespace Farspan.Store;

/// <summary>
/// What waits to be written. Of the rows of one key only the latest waits, so that a store that is away costs
/// memory for each call, not for each token. Thread-safe.
/// </summary>
internal sealed class PendingWrites(StoreWriterSettings settings)
{
    private readonly Lock _lock = new();
    private readonly OrderedDictionary<(RowKind Kind, string Key), ReplicaRow> _rows = [];
    private readonly List<ConfigurationChange> _changes = [];
    private readonly List<ConfigurationChange> _dropped = [];
    private readonly Dictionary<string, long> _cursors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _documents = new(StringComparer.Ordinal);
    private VersionVector? _seen;
    private StoreBatch? _inFlight;

    /// <summary>Whether nothing waits and nothing is being written.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _inFlight is null && !HasWork;
            }
        }
    }

    /// <summary>Whether so much waits that more should not be fetched.</summary>
    public bool IsBacklogged
    {
        get
        {
            lock (_lock)
            {
                return _rows.Count >= settings.BacklogFrom;
            }
        }
    }

    private bool HasWork => _rows.Count > 0 || _changes.Count > 0 || _dropped.Count > 0
        || _cursors.Count > 0 || _documents.Count > 0 || _seen is not null;

    /// <summary>
    /// False if too many rows wait; then nothing of the others is taken either, nor the cursors.
    /// </summary>
    public bool TryAdd(StoreBatch batch)
    {
        lock (_lock)
        {
            var fresh = batch.Rows.Count(r => !_rows.ContainsKey((r.Kind, r.Key)));
            if (fresh > 0 && _rows.Count + fresh > settings.RowsMax)
            {
                return false;
            }

            Put(batch);
            return true;
        }
    }

    /// <summary>Takes the next transaction's share; null if nothing waits.</summary>
    public StoreBatch? Take()
    {
        lock (_lock)
        {
            if (!HasWork)
            {
                return null;
            }

            var rows = _rows.Values.Take(settings.BatchRowsMax).ToImmutableArray();
            foreach (var row in rows)
            {
                _rows.Remove((row.Kind, row.Key));
            }

            // A cursor says that all rows before it are there: it goes with the last of them.
            var isLast = _rows.Count == 0;
            _inFlight = new StoreBatch
            {
                Rows = rows,
                Changes = [.. _changes],
                Dropped = [.. _dropped],
                Seen = _seen,
                Cursors = isLast ? _cursors.ToImmutableDictionary() : ImmutableDictionary<string, long>.Empty,
                Documents = _documents.ToImmutableDictionary(),
            };
            _changes.Clear();
            _dropped.Clear();
            _documents.Clear();
            _seen = null;
            if (isLast)
            {
                _cursors.Clear();
            }

            return _inFlight;
        }
    }

    /// <summary>What was taken last is durable.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _inFlight = null;
        }
    }

    /// <summary>
    /// What was taken last could not be written: it waits again, except what is outdated meanwhile.
    /// </summary>
    public void Return()
    {
        lock (_lock)
        {
            var (returned, newer) = (_inFlight!, Collect());
            _inFlight = null;
            Put(returned);
            Put(newer);
        }
    }

    /// <summary>A row that is not durable yet.</summary>
    public bool TryFind(RowKind kind, string key, [NotNullWhen(true)] out ReplicaRow? row)
    {
        lock (_lock)
        {
            row = _rows.GetValueOrDefault((kind, key))
                ?? _inFlight?.Rows.FirstOrDefault(r => r.Kind == kind && r.Key == key);
            return row is not null;
        }
    }

    private StoreBatch Collect()
    {
        var all = new StoreBatch
        {
            Rows = [.. _rows.Values],
            Changes = [.. _changes],
            Dropped = [.. _dropped],
            Seen = _seen,
            Cursors = _cursors.ToImmutableDictionary(),
            Documents = _documents.ToImmutableDictionary(),
        };
        _rows.Clear();
        _changes.Clear();
        _dropped.Clear();
        _cursors.Clear();
        _documents.Clear();
        _seen = null;
        return all;
    }

    private void Put(StoreBatch batch)
    {
        foreach (var row in batch.Rows)
        {
            var key = (row.Kind, row.Key);
            if (!_rows.TryGetValue(key, out var waiting) || row.Supersedes(waiting))
            {
                _rows[key] = row;
            }
        }

        _changes.AddRange(batch.Changes);
        _dropped.AddRange(batch.Dropped);
        _seen = batch.Seen is null ? _seen : (_seen?.Merge(batch.Seen) ?? batch.Seen);
        foreach (var (storeId, position) in batch.Cursors)
        {
            _cursors[storeId] = position;
        }

        foreach (var (name, content) in batch.Documents)
        {
            _documents[name] = content;
        }
    }
}
