using System.Text.Json;
using System.Text.RegularExpressions;

namespace Farspan.StubProvider;

/// <summary>
/// What a provider checks beyond its schema. The published bindings do not carry it; it is written by hand from
/// the documentation that the data file names.
/// </summary>
public sealed record ResourceRules
{
    public static readonly ResourceRules None = new();

    /// <summary>Path of an attribute → the values it may have.</summary>
    public IReadOnlyDictionary<string, string[]> Enumerations { get; init; } = new Dictionary<string, string[]>();

    /// <summary>Path of an attribute → the least and the greatest number.</summary>
    public IReadOnlyDictionary<string, (double Min, double Max)> Ranges { get; init; } =
        new Dictionary<string, (double, double)>();

    /// <summary>Path of an attribute → what its text must look like.</summary>
    public IReadOnlyDictionary<string, Regex> Patterns { get; init; } = new Dictionary<string, Regex>();

    /// <summary>Groups of attributes and blocks of which exactly one must be there.</summary>
    public IReadOnlyList<string[]> ExactlyOneOf { get; init; } = [];

    /// <summary>Groups of which at most one may be there.</summary>
    public IReadOnlyList<string[]> AtMostOneOf { get; init; } = [];

    /// <summary>Attributes and blocks that the cloud's API wants although the schema does not.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>Attributes that the configuration may set and the provider fills otherwise.</summary>
    public IReadOnlyList<string> Computed { get; init; } = [];

    public IReadOnlyList<string> Sensitive { get; init; } = [];

    /// <summary>Blocks that the provider adds where the configuration has none → how many.</summary>
    public IReadOnlyDictionary<string, int> ComputedBlocks { get; init; } = new Dictionary<string, int>();

    public static ResourceRules Read(JsonElement json) => new()
    {
        Enumerations = Entries(json, "enumerations", Texts),
        Ranges = Entries(json, "ranges", r => (r[0].GetDouble(), r[1].GetDouble())),
        Patterns = Entries(
            json, "patterns", p => new Regex(p.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1))),
        ExactlyOneOf = Groups(json, "exactlyOneOf"),
        AtMostOneOf = Groups(json, "atMostOneOf"),
        Required = Property(json, "required") is { } required ? Texts(required) : [],
        Computed = Property(json, "computed") is { } computed ? Texts(computed) : [],
        ComputedBlocks = Entries(json, "computedBlocks", c => c.GetInt32()),
        Sensitive = Property(json, "sensitive") is { } sensitive ? Texts(sensitive) : [],
    };

    /// <summary>The schema with what these rules say of its attributes.</summary>
    public SchemaBlock Amend(SchemaBlock block)
    {
        var amended = Computed.Aggregate(block, (b, p) => b.With(p, a => a with { IsComputed = true }));
        return Sensitive.Aggregate(amended, (b, p) => b.With(p, a => a with { IsSensitive = true }));
    }

    private static Dictionary<string, T> Entries<T>(JsonElement json, string name, Func<JsonElement, T> read) =>
        Property(json, name)?.EnumerateObject().ToDictionary(e => e.Name, e => read(e.Value)) ?? [];

    private static List<string[]> Groups(JsonElement json, string name) =>
        Property(json, name)?.EnumerateArray().Select(Texts).ToList() ?? [];

    private static string[] Texts(JsonElement json) => [.. json.EnumerateArray().Select(t => t.GetString()!)];

    private static JsonElement? Property(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value : null;
}
