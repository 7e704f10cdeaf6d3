using System.Globalization;

namespace Farspan.Topology.Tests;

/// <summary>
/// A configuration with single values changed: <c>google.mtu = 1500; regions[1].links[0].vlan = 7</c>. Mappings on
/// the way are made; <c>[+]</c> adds an item; <c>~</c> is a key with nothing behind it.
/// </summary>
internal static class Overlay
{
    public static ConfigurationNode Apply(ConfigurationNode root, string changes) => changes
        .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Aggregate(root, (node, change) =>
        {
            var parts = change.Split(" = ", 2);
            var steps = parts[0].Replace("[", ".[", StringComparison.Ordinal).Split('.');
            return Set(node, steps, FlowText.Parse(parts[1]));
        });

    private static ConfigurationNode Set(
        ConfigurationNode? node, ReadOnlySpan<string> steps, ConfigurationNode value) =>
        steps.IsEmpty ? value
            : steps[0].StartsWith('[') ? SetItem(node, steps, value)
            : SetKey(node, steps, value);

    private static ConfigurationNode.Mapping SetKey(
        ConfigurationNode? node, ReadOnlySpan<string> steps, ConfigurationNode value)
    {
        var place = node?.Place ?? value.Place;
        var entries = (node as ConfigurationNode.Mapping)?.Entries ?? [];
        var key = steps[0];
        var old = entries.FirstOrDefault(entry => entry.Key == key);
        var changed = new ConfigurationEntry(key, old?.KeyPlace ?? value.Place, Set(old?.Value, steps[1..], value));
        return new ConfigurationNode.Mapping(
            place, old is null ? entries.Add(changed) : entries.Replace(old, changed));
    }

    private static ConfigurationNode.Sequence SetItem(
        ConfigurationNode? node, ReadOnlySpan<string> steps, ConfigurationNode value)
    {
        var place = node?.Place ?? value.Place;
        var items = (node as ConfigurationNode.Sequence)?.Items ?? [];
        var inner = steps[0].Trim('[', ']');
        if (inner == "+")
        {
            return new ConfigurationNode.Sequence(place, items.Add(Set(null, steps[1..], value)));
        }

        var index = int.Parse(inner, CultureInfo.InvariantCulture);
        return new ConfigurationNode.Sequence(place, items.SetItem(index, Set(items[index], steps[1..], value)));
    }
}
