using System.Numerics;
using Farspan.Kernel;

namespace Farspan.Runtime;

/// <summary>
/// A bounded queue from many threads to one, without locks: each cell carries the turn at which it may be
/// written or read next, so that producers only compete for a number.
/// </summary>
internal sealed class MediaCommandQueue<T>
{
    private readonly Cell[] _cells;
    private readonly int _mask;
    private long _tail;
    private long _head;

    /// <param name="capacity">A power of two.</param>
    public MediaCommandQueue(int capacity)
    {
        Invariant.Require(BitOperations.IsPow2(capacity));
        _cells = new Cell[capacity];
        _mask = capacity - 1;
        for (var i = 0; i < capacity; i++)
        {
            _cells[i].Turn = i;
        }
    }

    /// <summary>Any thread. Returns false if the queue is full.</summary>
    public bool TryEnqueue(T item)
    {
        while (true)
        {
            var tail = Volatile.Read(ref _tail);
            ref var cell = ref _cells[tail & _mask];
            var ahead = Volatile.Read(ref cell.Turn) - tail;
            if (ahead < 0)
            {
                return false;
            }

            if (ahead == 0 && Interlocked.CompareExchange(ref _tail, tail + 1, tail) == tail)
            {
                cell.Item = item;
                Volatile.Write(ref cell.Turn, tail + 1);
                return true;
            }
        }
    }

    /// <summary>The one consumer only.</summary>
    public bool TryDequeue(out T item)
    {
        ref var cell = ref _cells[_head & _mask];
        if (Volatile.Read(ref cell.Turn) != _head + 1)
        {
            item = default!;
            return false;
        }

        item = cell.Item;
        cell.Item = default!;
        Volatile.Write(ref cell.Turn, _head + _cells.Length);
        _head++;
        return true;
    }

    private struct Cell
    {
        public long Turn;
        public T Item;
    }
}
