using System.Collections.Immutable;
using Farspan.Topology;

namespace Farspan.Configuration;

/// <summary>The entries of one mapping: those written there, then those merged into it.</summary>
internal sealed class YamlEntries
{
    private readonly List<ConfigurationEntry> _written = [];
    private readonly List<ConfigurationEntry> _merged = [];

    public void Add(ConfigurationEntry entry) => _written.Add(entry);

    /// <summary>
    /// Entries whose keys count where they are not written; of several merges the first counts.
    /// </summary>
    public void Merge(ImmutableArray<ConfigurationEntry> entries) => _merged.AddRange(entries);

    public ImmutableArray<ConfigurationEntry> ToImmutable()
    {
        var keys = _written.Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal);
        return [.. _written, .. _merged.Where(entry => keys.Add(entry.Key))];
    }
}
