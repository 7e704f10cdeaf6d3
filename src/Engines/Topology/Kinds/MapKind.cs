using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>A mapping whose keys the operator chooses; the order of the file is kept.</summary>
internal sealed class MapKind<T>(ValueKind<string> key, ValueKind<T> item)
    : ValueKind<ImmutableArray<KeyValuePair<string, T>>>
{
    public override string Label => $"a mapping; each key: {key.Label}; each value: {item.Label}";

    public override string Example => $"{{ {key.Example}: {item.Example} }}";

    public override JsonShape Shape { get; init; } = new JsonShape.Map(item);

    public override bool TryRead(Reading reading, out ImmutableArray<KeyValuePair<string, T>> value)
    {
        value = [];
        if (reading.Node is not ConfigurationNode.Mapping mapping)
        {
            reading.ReportShape(this);
            return false;
        }

        var items = ImmutableArray.CreateBuilder<KeyValuePair<string, T>>();
        var seen = new SeenKeys(reading);
        foreach (var entry in mapping.Entries)
        {
            var keyReading = reading.At(
                new ConfigurationNode.Scalar(entry.KeyPlace, entry.Key, true), entry.Key);
            if (seen.TryAdd(entry)
                && key.TryRead(keyReading, out var name)
                && item.TryRead(reading.At(entry.Value, entry.Key), out var read))
            {
                items.Add(new(name, read));
            }
        }

        value = items.ToImmutable();
        return true;
    }

    public override string Write(ImmutableArray<KeyValuePair<string, T>> value)
    {
        var items = string.Join(", ", value.Select(pair => $"{pair.Key}: {item.Write(pair.Value)}"));
        return items.Length == 0 ? "{}" : $"{{ {items} }}";
    }
}
