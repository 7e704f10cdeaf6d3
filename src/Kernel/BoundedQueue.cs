using System.Diagnostics.CodeAnalysis;

namespace Farspan.Kernel;

/// <summary>A first-in-first-out ring with a fixed capacity; a full queue refuses instead of growing.</summary>
public sealed class BoundedQueue<T>(int capacity)
{
    private readonly T[] _items = new T[capacity];
    private int _head;

    public int Count { get; private set; }

    public int Capacity => _items.Length;

    /// <summary>Returns false, and changes nothing, if the queue is full.</summary>
    public bool TryEnqueue(T item)
    {
        if (Count == _items.Length)
        {
            return false;
        }

        _items[(_head + Count) % _items.Length] = item;
        Count++;
        return true;
    }

    public bool TryDequeue([MaybeNullWhen(false)] out T item)
    {
        if (Count == 0)
        {
            item = default;
            return false;
        }

        item = _items[_head];
        _items[_head] = default!;
        _head = (_head + 1) % _items.Length;
        Count--;
        return true;
    }

    public bool TryPeek([MaybeNullWhen(false)] out T item)
    {
        item = Count == 0 ? default : _items[_head];
        return Count > 0;
    }
}
