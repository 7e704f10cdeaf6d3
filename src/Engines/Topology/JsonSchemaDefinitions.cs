using System.Text.Json.Nodes;
using Farspan.Kernel;

namespace Farspan.Topology;

/// <summary>The sections of a JSON Schema, each written once however often it is used.</summary>
internal sealed class JsonSchemaDefinitions
{
    private readonly Dictionary<string, string> _names = [];
    private readonly List<(string Name, JsonObject Schema)> _schemas = [];

    public JsonObject All()
    {
        var all = new JsonObject();
        foreach (var (name, schema) in _schemas.OrderBy(pair => pair.Name, StringComparer.Ordinal))
        {
            all[name] = schema;
        }

        return all;
    }

    /// <summary>A section where it stands.</summary>
    public JsonObject Inline(SectionOutline section)
    {
        var properties = new JsonObject();
        foreach (var setting in section.Settings)
        {
            properties[setting.Name] = Describe(setting);
        }

        var schema = new JsonObject
        {
            ["description"] = section.Summary,
            ["type"] = "object",
            ["properties"] = properties,
            ["additionalProperties"] = false,
        };
        var required = section.Settings.Where(setting => setting.IsRequired).ToArray();
        if (required.Length > 0)
        {
            schema["required"] = new JsonArray(
                [.. required.Select(setting => JsonValue.Create(setting.Name))]);
        }

        return schema;
    }

    private JsonObject Describe(Setting setting)
    {
        var schema = SchemaOf(setting.Kind.Shape, setting.Name);
        var isSection = setting.Kind.Shape is JsonShape.Keys;
        var absence = isSection || setting.IsRequired
            ? ""
            : $" Default: {setting.DefaultText.Replace("`", "")}.";
        schema["description"] = $"{setting.Summary}{absence}";
        return schema;
    }

    private JsonObject SchemaOf(JsonShape shape, string near) => shape switch
    {
        JsonShape.Plain plain => new JsonObject { ["type"] = plain.Type },
        JsonShape.OneOf words => new JsonObject
        {
            ["enum"] = new JsonArray([.. words.Words.Select(word => JsonValue.Create(word))]),
        },
        JsonShape.List list => ListOf(list, near),
        JsonShape.Map map => new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = SchemaOf(map.Item.Shape, near),
        },
        JsonShape.Keys keys => Refer(keys.Outline, near),
        JsonShape.Either either => new JsonObject
        {
            ["anyOf"] = new JsonArray([.. either.Shapes.Select(item => SchemaOf(item, near))]),
        },
        _ => throw Invariant.Unreachable(shape),
    };

    private JsonObject ListOf(JsonShape.List list, string near)
    {
        var schema = new JsonObject { ["type"] = "array", ["items"] = SchemaOf(list.Item.Shape, near) };
        if (!list.MayBeEmpty)
        {
            schema["minItems"] = 1;
        }

        return schema;
    }

    private JsonObject Refer(SectionOutline section, string near)
    {
        var reference = new JsonObject { ["$ref"] = $"#/$defs/{NameOf(section, near)}" };
        return section.Shorthand is not { } shorthand
            ? reference
            : new JsonObject
            {
                ["anyOf"] = new JsonArray(SchemaOf(shorthand.Kind.Shape, near), reference),
            };
    }

    /// <summary>Named after the key where it is first met.</summary>
    private string NameOf(SectionOutline section, string near)
    {
        if (_names.TryGetValue(section.Summary, out var known))
        {
            return known;
        }

        var name = near;
        for (var i = 2; _names.ContainsValue(name); i++)
        {
            name = $"{near}{i}";
        }

        _names.Add(section.Summary, name);
        _schemas.Add((name, Inline(section)));
        return name;
    }
}
