using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>What a value looks like to an editor: the JSON Schema of its kind.</summary>
internal abstract record JsonShape
{
    private JsonShape()
    {
    }

    public static JsonShape Text { get; } = new Plain("string");

    public static JsonShape Integer { get; } = new Plain("integer");

    public static JsonShape Number { get; } = new Plain("number");

    public static JsonShape Flag { get; } = new Plain("boolean");

    /// <summary>One of JSON Schema's own types.</summary>
    public sealed record Plain(string Type) : JsonShape;

    public sealed record OneOf(ImmutableArray<string> Words) : JsonShape;

    public sealed record List(ValueKind Item, bool MayBeEmpty) : JsonShape;

    /// <summary>Keys of the operator's own.</summary>
    public sealed record Map(ValueKind Item) : JsonShape;

    /// <summary>Known keys.</summary>
    public sealed record Keys(SectionOutline Outline) : JsonShape;

    public sealed record Either(ImmutableArray<JsonShape> Shapes) : JsonShape;
}
