using System.Collections.Immutable;

namespace Farspan.StubProvider;

/// <summary>
/// Fills what the configuration leaves to the provider: "known after apply" while planning, a made-up value while
/// applying.
/// </summary>
public static class PlannedState
{
    /// <summary>Makes every computed attribute without a value unknown.</summary>
    /// <param name="schema">Of the resource.</param>
    /// <param name="prior">What is there; null-valued before the resource is made.</param>
    /// <param name="proposed">What the configuration asks for, over what is there.</param>
    public static Value Plan(ResourceSchema schema, Value prior, Value proposed) => Fill(
        schema.Block,
        AddBlocks(schema, prior, proposed),
        "",
        (_, attribute, value) => value.IsNull && attribute.IsComputed ? Value.Unknown.Instance : value);

    /// <summary>Gives every unknown value one that depends on nothing but the plan.</summary>
    public static Value Apply(ResourceSchema schema, Value planned)
    {
        var invention = new Invention(schema.Type, planned);
        return Fill(schema.Block, planned, "", (path, attribute, value) => value is Value.Unknown
            ? invention.Make(path, attribute.Type) : value);
    }

    /// <summary>Blocks that the provider makes by itself stay as they are, or are yet to be known.</summary>
    private static Value AddBlocks(ResourceSchema schema, Value prior, Value proposed)
    {
        if (proposed is not Value.Map map)
        {
            return proposed;
        }

        foreach (var (name, count) in schema.Rules.ComputedBlocks)
        {
            var empty = new Value.Map(ImmutableSortedDictionary<string, Value>.Empty);
            var made = prior is Value.Map before
                ? before[name] : new Value.Sequence([.. Enumerable.Repeat(empty, count)]);
            map = map[name] is Value.Sequence { Items.Length: > 0 }
                ? map : new Value.Map(map.Entries.SetItem(name, made));
        }

        return map;
    }

    private static Value Fill(
        SchemaBlock block, Value value, string path, Func<string, SchemaAttribute, Value, Value> fill)
    {
        if (value is not Value.Map map)
        {
            return value;
        }

        var filled = ImmutableSortedDictionary.CreateBuilder<string, Value>(StringComparer.Ordinal);
        foreach (var (name, attribute) in block.Attributes)
        {
            filled[name] = fill(path + name, attribute, map[name]);
        }

        foreach (var (name, nested) in block.Blocks)
        {
            filled[name] = map[name] is Value.Sequence sequence
                ? new Value.Sequence(
                    [.. sequence.Items.Select((item, i) => Fill(nested.Block, item, $"{path}{name}.{i}.", fill))])
                : new Value.Sequence([]);
        }

        return new Value.Map(filled.ToImmutable());
    }
}
