using Farspan.Kernel;

namespace Farspan.Cluster;

/// <summary>The changes of one writer that are held, by sequence; there may be gaps.</summary>
internal sealed class WriterLog
{
    private readonly List<ConfigurationChange> _changes = [];

    public IReadOnlyList<ConfigurationChange> Changes => _changes;

    /// <summary>The position of the first change after a sequence.</summary>
    public static int IndexAfter(IReadOnlyList<ConfigurationChange> changes, long sequence)
    {
        var (low, high) = (0, changes.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = changes[middle].Sequence <= sequence ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    public ConfigurationChange? Find(long sequence)
    {
        var index = IndexAfter(_changes, sequence) - 1;
        return index >= 0 && _changes[index].Sequence == sequence ? _changes[index] : null;
    }

    /// <summary>False if there is one with this sequence.</summary>
    public bool TryAdd(ConfigurationChange change)
    {
        var index = IndexAfter(_changes, change.Sequence);
        if (index > 0 && _changes[index - 1].Sequence == change.Sequence)
        {
            return false;
        }

        _changes.Insert(index, change);
        return true;
    }

    public void Remove(long sequence)
    {
        var index = IndexAfter(_changes, sequence) - 1;
        Invariant.Require(index >= 0 && _changes[index].Sequence == sequence);
        _changes.RemoveAt(index);
    }
}
