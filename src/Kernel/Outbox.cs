using System.Runtime.InteropServices;

namespace Farspan.Kernel;

/// <summary>
/// Where a protocol or an engine puts its effects, in the order in which they are to be performed.
/// The caller owns it, passes it in, performs what it finds and clears it.
/// </summary>
public sealed class Outbox<TEffect>
{
    private readonly List<TEffect> _effects = [];

    public int Count => _effects.Count;

    public TEffect this[int index] => _effects[index];

    public ReadOnlySpan<TEffect> Effects => CollectionsMarshal.AsSpan(_effects);

    public void Add(TEffect effect) => _effects.Add(effect);

    public void Clear() => _effects.Clear();

    /// <summary>Takes everything out; for tests and for owners that perform effects later.</summary>
    public TEffect[] Drain()
    {
        TEffect[] effects = [.. _effects];
        _effects.Clear();
        return effects;
    }
}
