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

    public bool IsEmpty => !_words.AsSpan().ContainsAnyExcept(0UL);

    public static ElementSet Of(int capacity, params ReadOnlySpan<int> elements)
    {
        var set = new ElementSet(capacity);
        set.AddAll(elements);
        return set;
    }

    public bool Contains(int element) => (_words[element / BitsPerWord] >> (element % BitsPerWord) & 1) != 0;

    public void Add(int element) => _words[element / BitsPerWord] |= 1UL << (element % BitsPerWord);

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

    public void Clear() => Array.Clear(_words);
}
