using System.Collections.Immutable;
using System.Text.Json;

namespace Farspan.StubProvider;

/// <summary>Reads the JSON of a state file; attributes that the schema does not know any more are dropped.</summary>
public static class JsonState
{
    public static Value Read(SchemaBlock block, ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return Read(block, document.RootElement);
    }

    private static Value.Map Read(SchemaBlock block, JsonElement json)
    {
        var entries = ImmutableSortedDictionary.CreateBuilder<string, Value>(StringComparer.Ordinal);
        foreach (var name in block.Attributes.Keys)
        {
            entries[name] = json.TryGetProperty(name, out var value) ? Read(value) : Value.Null.Instance;
        }

        foreach (var (name, nested) in block.Blocks)
        {
            entries[name] = json.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array
                ? new Value.Sequence([.. items.EnumerateArray().Select(i => (Value)Read(nested.Block, i))])
                : new Value.Sequence([]);
        }

        return new Value.Map(entries.ToImmutable());
    }

    private static Value Read(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => new Value.Text(json.GetString()!),
        JsonValueKind.Number => new Value.Number(json.GetDouble()),
        JsonValueKind.True or JsonValueKind.False => new Value.Boolean(json.GetBoolean()),
        JsonValueKind.Array => new Value.Sequence([.. json.EnumerateArray().Select(Read)]),
        JsonValueKind.Object => new Value.Map(json.EnumerateObject().ToImmutableSortedDictionary(
            p => p.Name, p => Read(p.Value), StringComparer.Ordinal)),
        _ => Value.Null.Instance,
    };
}
