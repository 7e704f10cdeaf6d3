using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Farspan.Topology;

/// <summary>
/// Where an element comes from: the mapping it is written in, or, for what is derived, the mapping that it
/// is derived from. Tells the place of every key, so that findings can name line and column.
/// </summary>
public sealed class Origin
{
    private readonly ImmutableArray<(ConfigurationNode Node, string Path)> _layers;

    /// <param name="node">What is written.</param>
    /// <param name="path">Its key, such as <c>regions[0].links[1]</c>.</param>
    /// <param name="isDerived">Whether the element as such is nowhere written.</param>
    public Origin(ConfigurationNode node, string path, bool isDerived = false)
        : this([(node, path)], isDerived)
    {
    }

    private Origin(ImmutableArray<(ConfigurationNode Node, string Path)> layers, bool isDerived)
    {
        _layers = layers;
        IsDerived = isDerived;
    }

    /// <summary>Whether the element as such is nowhere written; single values of it may be.</summary>
    public bool IsDerived { get; }

    public ConfigurationPlace Place => _layers[0].Node.Place;

    /// <summary>The key of the mapping, such as <c>regions[0].links[1]</c>.</summary>
    public string Path => _layers[0].Path;

    /// <summary>For an element that is derived from this one's mapping.</summary>
    public Origin Derived() => new(_layers, true);

    /// <summary>
    /// For an element whose keys may also be written elsewhere, such as the defaults of all links.
    /// </summary>
    public Origin Or(Origin fallback) => new(_layers.AddRange(fallback._layers), IsDerived);

    /// <summary>Whether somebody has written the key; else its value is derived.</summary>
    /// <param name="key">Of the mapping, as in the file; <c>bfd.multiplier</c> for a key inside.</param>
    public bool IsWritten(string key) => TryFind(key, out _, out _);

    /// <summary>Where the key is written; for a derived value, where the element is.</summary>
    public ConfigurationPlace PlaceOf(string key) =>
        TryFind(key, out var node, out _) ? node.Place : Place;

    /// <summary>The whole path of the key, such as <c>regions[0].router.asn</c>.</summary>
    public string PathOf(string key)
    {
        var parent = TryFind(key, out _, out var path) ? path : Path;
        return parent.Length == 0 ? key : $"{parent}.{key}";
    }

    private bool TryFind(string key, [NotNullWhen(true)] out ConfigurationNode? found, out string path)
    {
        foreach (var layer in _layers)
        {
            if (Follow(layer.Node, key) is { } node)
            {
                (found, path) = (node, layer.Path);
                return true;
            }
        }

        (found, path) = (null, "");
        return false;
    }

    private static ConfigurationNode? Follow(ConfigurationNode? node, string key)
    {
        foreach (var name in key.Split('.'))
        {
            node = (node as ConfigurationNode.Mapping)?.Entries.FirstOrDefault(e => e.Key == name)?.Value;
        }

        return node is ConfigurationNode.Scalar { IsNothing: true } ? null : node;
    }
}
