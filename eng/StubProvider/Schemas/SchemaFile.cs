using System.Text.Json;

namespace Farspan.StubProvider;

/// <summary>
/// The data of one provider: the schemas taken from the published bindings (<c>aws.json</c>) and what is curated
/// by hand (<c>aws.curated.json</c>).
/// </summary>
public sealed record SchemaFile(
    SchemaBlock Provider,
    IReadOnlyDictionary<string, ResourceSchema> Resources,
    IReadOnlyDictionary<string, ResourceSchema> DataSources)
{
    /// <summary>Reads the data beside the program.</summary>
    /// <param name="provider"><c>aws</c> or <c>google</c>.</param>
    public static SchemaFile Load(string provider)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Schemas");
        using var extracted = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, $"{provider}.json")));
        using var curated = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, $"{provider}.curated.json")));
        return Read(extracted.RootElement, curated.RootElement);
    }

    public static SchemaFile Read(JsonElement extracted, JsonElement curated)
    {
        var rules = Entries(curated, "rules").ToDictionary(r => r.Name, r => ResourceRules.Read(r.Value));
        var resources = Entries(extracted, "resources").Concat(Entries(curated, "resources"));
        var dataSources = Entries(extracted, "dataSources").Concat(Entries(curated, "dataSources"));
        return new SchemaFile(
            SchemaBlock.Read(extracted.GetProperty("provider")),
            resources.ToDictionary(r => r.Name, r => ReadResource(r, rules)),
            dataSources.ToDictionary(r => r.Name, r => ReadResource(r, [])));
    }

    private static ResourceSchema ReadResource(JsonProperty json, Dictionary<string, ResourceRules> rules)
    {
        var own = rules.GetValueOrDefault(json.Name, ResourceRules.None);
        return new ResourceSchema(json.Name, own.Amend(SchemaBlock.Read(json.Value)), own);
    }

    private static IEnumerable<JsonProperty> Entries(JsonElement json, string name) =>
        json.TryGetProperty(name, out var entries) ? entries.EnumerateObject() : Enumerable.Empty<JsonProperty>();
}
