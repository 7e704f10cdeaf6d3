using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>
/// What the operator wrote, before anybody knows what it means: a tree of texts, lists and mappings, each
/// with its place. The format of the file (YAML) is left behind here.
/// </summary>
public abstract class ConfigurationNode
{
    private ConfigurationNode(ConfigurationPlace place) => Place = place;

    public ConfigurationPlace Place { get; }

    /// <summary>A single value.</summary>
    public sealed class Scalar(ConfigurationPlace place, string text, bool isQuoted = false)
        : ConfigurationNode(place)
    {
        public string Text => text;

        /// <summary>
        /// A key with nothing behind it, <c>~</c> or <c>null</c>: the same as if the key were absent.
        /// </summary>
        public bool IsNothing => !isQuoted && text is ("" or "~" or "null");
    }

    /// <summary>A list.</summary>
    public sealed class Sequence(ConfigurationPlace place, ImmutableArray<ConfigurationNode> items)
        : ConfigurationNode(place)
    {
        public ImmutableArray<ConfigurationNode> Items => items;
    }

    /// <summary>Keys with values, in the order of the file; a key may come twice.</summary>
    public sealed class Mapping(ConfigurationPlace place, ImmutableArray<ConfigurationEntry> entries)
        : ConfigurationNode(place)
    {
        public ImmutableArray<ConfigurationEntry> Entries => entries;
    }
}
