using System.Text.Json.Nodes;
using Farspan.Topology;

namespace Farspan.Configuration.Tests;

/// <summary>Judges a file as an editor does, by the JSON Schema; knows the keywords that the schema uses.</summary>
internal sealed class EditorSchema
{
    private readonly JsonObject _root = JsonNode.Parse(ConfigurationJsonSchema.Write())!.AsObject();

    /// <summary>What an editor would underline, by path.</summary>
    public IEnumerable<string> Judge(ConfigurationNode node) => Judge(node, _root, "");

    private IEnumerable<string> Judge(ConfigurationNode node, JsonObject schema, string path)
    {
        if (schema["$ref"] is { } reference)
        {
            var name = reference.GetValue<string>()["#/$defs/".Length..];
            return Judge(node, _root["$defs"]![name]!.AsObject(), path);
        }

        if (schema["anyOf"] is JsonArray choices)
        {
            return choices.Any(choice => !Judge(node, choice!.AsObject(), path).Any()) ? [] : [path];
        }

        return node switch
        {
            ConfigurationNode.Mapping mapping => JudgeMapping(mapping, schema, path),
            ConfigurationNode.Sequence list => JudgeList(list, schema, path),
            _ => FitsScalar((ConfigurationNode.Scalar)node, schema) ? [] : [path],
        };
    }

    private IEnumerable<string> JudgeMapping(ConfigurationNode.Mapping mapping, JsonObject schema, string path)
    {
        if (schema["type"]?.GetValue<string>() != "object")
        {
            return [path];
        }

        var missing = (schema["required"] as JsonArray ?? [])
            .Select(name => name!.GetValue<string>())
            .Except(mapping.Entries.Select(entry => entry.Key))
            .Select(name => $"{path}.{name}");
        return mapping.Entries.SelectMany(entry => JudgeEntry(entry, schema, $"{path}.{entry.Key}")).Concat(missing);
    }

    private IEnumerable<string> JudgeEntry(ConfigurationEntry entry, JsonObject schema, string path) =>
        (schema["properties"]?[entry.Key] ?? schema["additionalProperties"]) is JsonObject inner
            ? Judge(entry.Value, inner, path)
            : [path];

    private IEnumerable<string> JudgeList(ConfigurationNode.Sequence list, JsonObject schema, string path) =>
        schema["type"]?.GetValue<string>() == "array"
            ? list.Items.SelectMany((item, i) => Judge(item, schema["items"]!.AsObject(), $"{path}[{i}]"))
            : [path];

    private static bool FitsScalar(ConfigurationNode.Scalar scalar, JsonObject schema) =>
        schema["enum"] is JsonArray words
            ? words.Any(word => word!.GetValue<string>() == scalar.Text)
            : schema["type"]?.GetValue<string>() switch
            {
                "string" => true,
                "integer" => long.TryParse(scalar.Text, out _),
                "number" => double.TryParse(scalar.Text, out _),
                "boolean" => scalar.Text is "true" or "false",
                _ => false,
            };
}
