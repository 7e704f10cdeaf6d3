namespace Farspan.Kernel;

/// <summary>
/// Orders many state machines by their next deadline: a binary heap whose items know their place,
/// so that moving or removing one costs O(log n).
/// </summary>
/// <remarks>Equal deadlines leave in the order in which they were set: runs repeat exactly.</remarks>
public sealed class DeadlineQueue<T>
    where T : class
{
    private readonly List<Entry> _heap = [];
    private readonly Dictionary<T, Entry> _entries = new(ReferenceEqualityComparer.Instance);
    private long _sequence;

    public int Count => _heap.Count;

    /// <summary>The earliest deadline; null when nothing waits.</summary>
    public Instant? Next => _heap.Count == 0 ? null : _heap[0].Deadline;

    /// <summary>Sets, moves or (with null) removes the deadline of an owner.</summary>
    public void Set(T owner, Instant? deadline)
    {
        if (deadline is not { } moment)
        {
            Remove(owner);
        }
        else if (!_entries.TryGetValue(owner, out var entry))
        {
            entry = new Entry(owner) { Deadline = moment, Sequence = _sequence++, Index = _heap.Count };
            _entries.Add(owner, entry);
            _heap.Add(entry);
            SiftUp(entry);
        }
        else if (entry.Deadline != moment)
        {
            entry.Deadline = moment;
            entry.Sequence = _sequence++;
            SiftUp(entry);
            SiftDown(entry);
        }
    }

    public void Remove(T owner)
    {
        if (!_entries.Remove(owner, out var entry))
        {
            return;
        }

        var last = _heap[^1];
        _heap.RemoveAt(_heap.Count - 1);
        if (!ReferenceEquals(last, entry))
        {
            Place(last, entry.Index);
            SiftUp(last);
            SiftDown(last);
        }
    }

    /// <summary>Takes out the owner whose deadline is the earliest, if that has come.</summary>
    public bool TryTakeDue(Instant now, out T owner)
    {
        if (_heap.Count == 0 || _heap[0].Deadline > now)
        {
            owner = null!;
            return false;
        }

        owner = _heap[0].Owner;
        Remove(owner);
        return true;
    }

    private void SiftUp(Entry entry)
    {
        while (entry.Index > 0 && entry.IsBefore(_heap[(entry.Index - 1) / 2]))
        {
            var parent = _heap[(entry.Index - 1) / 2];
            var index = entry.Index;
            Place(entry, parent.Index);
            Place(parent, index);
        }
    }

    private void SiftDown(Entry entry)
    {
        while (SmallestChild(entry.Index) is { } child && child.IsBefore(entry))
        {
            var index = entry.Index;
            Place(entry, child.Index);
            Place(child, index);
        }
    }

    private Entry? SmallestChild(int index)
    {
        var left = (2 * index) + 1;
        if (left >= _heap.Count)
        {
            return null;
        }

        var right = left + 1;
        return right < _heap.Count && _heap[right].IsBefore(_heap[left]) ? _heap[right] : _heap[left];
    }

    private void Place(Entry entry, int index)
    {
        _heap[index] = entry;
        entry.Index = index;
    }

    private sealed class Entry(T owner)
    {
        public T Owner { get; } = owner;

        public Instant Deadline { get; set; }

        public long Sequence { get; set; }

        public int Index { get; set; }

        public bool IsBefore(Entry other) =>
            Deadline < other.Deadline || (Deadline == other.Deadline && Sequence < other.Sequence);
    }
}
