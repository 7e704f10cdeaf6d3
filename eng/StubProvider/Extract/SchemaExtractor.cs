using System.Text.Encodings.Web;
using System.Text.Json;

namespace Farspan.StubProvider.Extract;

/// <summary>
/// Makes <c>Schemas/aws.json</c> and <c>Schemas/google.json</c> from the published bindings of a provider: the
/// npm packages <c>@cdktf/provider-aws</c> and <c>@cdktf/provider-google</c>, unpacked. Which types are taken is
/// listed in the curated files.
/// </summary>
public static class SchemaExtractor
{
    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static int Run(string provider, string bindings)
    {
        var folder = Path.Combine(Directory.GetCurrentDirectory(), "Schemas");
        using var curated = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, $"{provider}.curated.json")));
        using var package = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(bindings, "package.json")));
        using var output = File.Create(Path.Combine(folder, $"{provider}.json"));
        using var json = new Utf8JsonWriter(output, Indented);
        var unknown = 0;
        json.WriteStartObject();
        json.WriteString("source", Source(package.RootElement));
        json.WritePropertyName("provider");
        BindingFile.Read(Path.Combine(bindings, "lib", "provider")).Write(json);
        unknown += WriteTypes(
            json, bindings, "resources", Texts(curated, "types"), t => FolderOf(t, provider));
        unknown += WriteTypes(
            json, bindings, "dataSources", Texts(curated, "dataTypes"),
            t => $"data-{provider}-{FolderOf(t, provider)}");
        json.WriteEndObject();
        return unknown;
    }

    private static int WriteTypes(
        Utf8JsonWriter json, string bindings, string name, IEnumerable<string> types, Func<string, string> folderOf)
    {
        var unknown = 0;
        json.WriteStartObject(name);
        foreach (var type in types.Order(StringComparer.Ordinal))
        {
            var folder = Path.Combine(bindings, "lib", folderOf(type));
            if (!Directory.Exists(folder))
            {
                Console.Error.WriteLine($"{type} is not in the bindings.");
                unknown++;
                continue;
            }

            json.WritePropertyName(type);
            BindingFile.Read(folder).Write(json);
        }

        json.WriteEndObject();
        return unknown;
    }

    private static string FolderOf(string type, string provider) => type[(provider.Length + 1)..].Replace('_', '-');

    private static string Source(JsonElement package) =>
        $"npm {package.GetProperty("name")} {package.GetProperty("version")} ({package.GetProperty("license")}), "
        + "lib/*/index.js and index.d.ts: names, types, nesting, and what is required. Made by "
        + "Farspan.StubProvider extract.";

    private static IEnumerable<string> Texts(JsonDocument json, string name) =>
        json.RootElement.GetProperty(name).EnumerateArray().Select(t => t.GetString()!);
}
