using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Farspan.Topology;

/// <summary>
/// Writes the JSON Schema (draft 2020-12) of the configuration file, made of the same descriptions that read
/// it. Editors complete keys by it and underline what is wrong.
/// </summary>
public static class ConfigurationJsonSchema
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema; the same text every time.</summary>
    public static string Write()
    {
        var definitions = new JsonSchemaDefinitions();
        var root = definitions.Inline(FarspanSchema.Section.Outline);
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "farspan.yaml",
        };
        foreach (var (key, value) in root.ToArray())
        {
            root.Remove(key);
            schema[key] = value;
        }

        schema["$defs"] = definitions.All();
        return schema.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
    }
}
