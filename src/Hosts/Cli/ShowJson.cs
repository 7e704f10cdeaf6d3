using System.Text.Json.Serialization;

namespace Farspan.Cli;

/// <summary>The result of <c>farspan show --json</c>.</summary>
internal sealed record ShownNetwork(string Network, IReadOnlyList<ShownTable> Tables);

/// <summary>All elements of one kind.</summary>
internal sealed record ShownTable(string Title, IReadOnlyList<ShownElement> Elements);

/// <summary>An element of the network.</summary>
/// <param name="Id">Such as <c>tgw/us-east-1</c>.</param>
/// <param name="Name">In its cloud.</param>
/// <param name="Region">Of the file; empty for none.</param>
/// <param name="Derived">Whether it is nowhere written.</param>
/// <param name="Place">Where it is written, or what it is derived from.</param>
/// <param name="Values">By the key that the file calls them.</param>
internal sealed record ShownElement(
    string Id, string Name, string Region, bool Derived, string Place,
    IReadOnlyDictionary<string, ShownValue> Values);

/// <summary>A value, and whether nobody has written it.</summary>
internal sealed record ShownValue(string Value, bool Derived);

/// <summary>Serializers made at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ShownNetwork))]
internal sealed partial class ShowJson : JsonSerializerContext;
