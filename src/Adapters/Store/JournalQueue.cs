using Farspan.Calls;

namespace Farspan.Store;

/// <summary>What waits for the disk, in order: entries to be written, and actions that need those before them there.</summary>
internal sealed class JournalQueue(int itemsMax)
{
    private readonly object _gate = new();
    private List<JournalItem> _waiting = [];
    private List<JournalItem> _taken = [];
    private bool _isClosed;

    /// <summary>False if too much waits, or the queue is closed.</summary>
    public bool TryAdd(in JournalItem item)
    {
        lock (_gate)
        {
            if (_isClosed || _waiting.Count >= itemsMax)
            {
                return false;
            }

            _waiting.Add(item);
            if (_waiting.Count == 1)
            {
                Monitor.Pulse(_gate);
            }

            return true;
        }
    }

    /// <summary>Waits for items and takes all of them; null once the queue is closed and empty.</summary>
    /// <param name="atMost">How long to wait, then nothing is taken; null waits as long as it takes.</param>
    public List<JournalItem>? TakeAll(TimeSpan? atMost)
    {
        lock (_gate)
        {
            if (_waiting.Count == 0 && !_isClosed)
            {
                Monitor.Wait(_gate, atMost ?? Timeout.InfiniteTimeSpan);
            }

            _taken.Clear();
            (_waiting, _taken) = (_taken, _waiting);
            return _taken.Count == 0 && _isClosed ? null : _taken;
        }
    }

    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.PulseAll(_gate);
        }
    }
}

/// <summary>An entry (and when it came), or an action; the other is null.</summary>
internal readonly record struct JournalItem(ContactJournalEntry? Entry, DateTimeOffset At, Action? Action);
