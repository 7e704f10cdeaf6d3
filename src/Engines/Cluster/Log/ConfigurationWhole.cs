using System.Collections.Immutable;

namespace Farspan.Cluster;

/// <summary>A whole configuration, as it is or was in force on a node.</summary>
/// <param name="Values">Keys and their values, in ordinal order.</param>
/// <param name="Seen">The changes it was merged from.</param>
public sealed record ConfigurationWhole(
    ImmutableSortedDictionary<string, string> Values, VersionVector Seen)
{
    /// <summary>Before the first change.</summary>
    public static ConfigurationWhole Empty { get; } = new(
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal), VersionVector.Empty);

    /// <summary>Whether both say the same, whatever they were merged from.</summary>
    public bool SaysTheSameAs(ConfigurationWhole other) => Values.SequenceEqual(other.Values);
}
