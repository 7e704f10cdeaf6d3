using Farspan.Kernel;

namespace Farspan.ConnectEmulator;

/// <summary>Keeps the last things made, by what they were made from; the oldest is forgotten first.</summary>
internal sealed class RecentlyMade<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly OrderedDictionary<TKey, TValue> _made = [];

    public TValue GetOrMake(TKey key, Func<TValue> make)
    {
        Invariant.Require(capacity > 0);
        if (_made.TryGetValue(key, out var known))
        {
            return known;
        }

        if (_made.Count == capacity)
        {
            _made.RemoveAt(0);
        }

        var value = make();
        _made.Add(key, value);
        return value;
    }
}
