using System.Collections.Immutable;

namespace Farspan.Cluster;

/// <summary>
/// Writer → the sequence up to which its changes are known: each one itself, or another one that replaces it
/// (Parker et al., "Detection of Mutual Inconsistency in Distributed Systems", 1983). A value.
/// </summary>
public sealed class VersionVector : IEquatable<VersionVector>
{
    private readonly ImmutableSortedDictionary<string, long> _sequences;

    private VersionVector(ImmutableSortedDictionary<string, long> sequences) => _sequences = sequences;

    /// <summary>Knows nothing.</summary>
    public static VersionVector Empty { get; } =
        new(ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal));

    /// <summary>In the order of the writers' ids.</summary>
    public IEnumerable<KeyValuePair<string, long>> Sequences => _sequences;

    /// <summary>Writers that are known.</summary>
    public int Count => _sequences.Count;

    /// <summary>0 for a writer that is not known.</summary>
    public long this[string writer] => _sequences.GetValueOrDefault(writer);

    /// <summary>Reads what a stranger sent.</summary>
    /// <returns>False if there are too many writers, or one of them is malformed.</returns>
    public static bool TryCreate(IEnumerable<KeyValuePair<string, long>> sequences, out VersionVector vector)
    {
        vector = Empty;
        var builder = Empty._sequences.ToBuilder();
        foreach (var (writer, sequence) in sequences)
        {
            if (writer is not { Length: > 0 and <= ClusterLimits.WriterCharactersMax }
                || sequence <= 0
                || builder.Count >= ClusterLimits.WritersMax)
            {
                return false;
            }

            builder[writer] = Math.Max(sequence, builder.GetValueOrDefault(writer));
        }

        vector = new VersionVector(builder.ToImmutable());
        return true;
    }

    /// <summary>Knows the changes of a writer up to a sequence, if it did not before.</summary>
    public VersionVector With(string writer, long sequence) =>
        sequence <= this[writer] ? this : new VersionVector(_sequences.SetItem(writer, sequence));

    /// <summary>Knows what either of both knows.</summary>
    public VersionVector Merge(VersionVector other)
    {
        var builder = _sequences.ToBuilder();
        foreach (var (writer, sequence) in other._sequences)
        {
            builder[writer] = Math.Max(sequence, builder.GetValueOrDefault(writer));
        }

        return new VersionVector(builder.ToImmutable());
    }

    /// <summary>Whether it knows everything that the other one knows.</summary>
    public bool Covers(VersionVector other)
    {
        foreach (var (writer, sequence) in other._sequences)
        {
            if (this[writer] < sequence)
            {
                return false;
            }
        }

        return true;
    }

    public bool Equals(VersionVector? other) => other is not null && Covers(other) && other.Covers(this);

    public override bool Equals(object? obj) => Equals(obj as VersionVector);

    /// <summary>
    /// The number of writers: equal vectors have equal hashes, and nothing is hashed by it.
    /// </summary>
    public override int GetHashCode() => Count;

    public override string ToString() => string.Join(' ', _sequences.Select(s => $"{s.Key}:{s.Value}"));
}
