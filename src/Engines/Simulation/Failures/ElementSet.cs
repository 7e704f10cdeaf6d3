using System.Numerics;
using Farspan.Kernel;

namespace Farspan.Simulation;

/// <summary>
/// A set of the things that can fail, as one bit an element: what failed, or what a result rests on.
/// </summary>
public sealed class ElementSet
{
    private const int BitsPerWord = 64;
    private readonly ulong[] _words;

    /// <param name="capacity">How many elements there are.</param>
    public ElementSet(int capacity) => _words = new ulong[(capacity + BitsPerWord - 1) / BitsPerWord];

    private ElementSet(ulong[] words) => _words = words;

    public bool IsEmpty => !_words.AsSpan().ContainsAnyExcept(0UL);

    public int Count
    {
        get
        {
            var count = 0;
            foreach (var word in _words)
            {
                count += BitOperations.PopCount(word);
            }

            return count;
        }
    }

    public static ElementSet Of(int capacity, params ReadOnlySpan<int> elements)
    {
        var set = new ElementSet(capacity);
        set.AddAll(elements);
        return set;
    }

    public bool Contains(int element) => (_words[element / BitsPerWord] >> (element % BitsPerWord) & 1) != 0;

    public void Add(int element) => _words[element / BitsPerWord] |= 1UL << (element % BitsPerWord);

    public void Remove(int element) => _words[element / BitsPerWord] &= ~(1UL << (element % BitsPerWord));

    public void AddAll(ReadOnlySpan<int> elements)
    {
        foreach (var element in elements)
        {
            Add(element);
        }
    }

    public void AddAll(ElementSet other)
    {
        for (var i = 0; i < _words.Length; i++)
        {
            _words[i] |= other._words[i];
        }
    }

    public bool ContainsAny(ReadOnlySpan<int> elements)
    {
        foreach (var element in elements)
        {
            if (Contains(element))
            {
                return true;
            }
        }

        return false;
    }

    public bool Overlaps(ElementSet other)
    {
        for (var i = 0; i < _words.Length; i++)
        {
            if ((_words[i] & other._words[i]) != 0)
            {
                return true;
            }
        }

        return false;
    }

    public void Clear() => Array.Clear(_words);

    public ElementSet Copy() => new((ulong[])_words.Clone());

    /// <summary>The elements, ascending.</summary>
    public IEnumerable<int> Elements()
    {
        for (var i = 0; i < _words.Length; i++)
        {
            for (var word = _words[i]; word != 0; word &= word - 1)
            {
                yield return (i * BitsPerWord) + BitOperations.TrailingZeroCount(word);
            }
        }
    }

    public bool SetEquals(ElementSet other)
    {
        Invariant.Require(_words.Length == other._words.Length);
        return _words.AsSpan().SequenceEqual(other._words);
    }
}
