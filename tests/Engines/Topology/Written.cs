using System.Collections.Immutable;
using System.Text.Json;
using Farspan.Topology;

namespace Farspan.Topology.Tests;

/// <summary>Configuration nodes out of JSON, for tests that are not about YAML.</summary>
internal static class Written
{
    public const string File = "/etc/farspan/farspan.yaml";

    public const string Instance =
        """{ "name": "main", "instanceId": "i-1", "region": "us-west-2", "contactFlow": "f-1" }""";

    public static ConfigurationOutcome Load(string json) => ConfigurationLoader.Load(Parse(json), File);

    public static FarspanModel LoadModel(string json)
    {
        var outcome = Load(json);
        Assert.Empty(outcome.Findings);
        return Assert.IsType<FarspanModel>(outcome.Model);
    }

    /// <summary>A file with one instance and these further keys.</summary>
    public static string With(string keys) =>
        $$"""{ "connect": { "instances": [{{Instance}}] }, {{keys}} }""";

    public static ConfigurationNode Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Convert(document.RootElement);
    }

    private static ConfigurationNode Convert(JsonElement element)
    {
        var place = new ConfigurationPlace(File, 1, 1);
        return element.ValueKind switch
        {
            JsonValueKind.Object => new ConfigurationNode.Mapping(place,
                [.. element.EnumerateObject().Select(p =>
                    new ConfigurationEntry(p.Name, place, Convert(p.Value)))]),
            JsonValueKind.Array => new ConfigurationNode.Sequence(place,
                [.. element.EnumerateArray().Select(Convert)]),
            JsonValueKind.String => new ConfigurationNode.Scalar(place, element.GetString()!, true),
            _ => new ConfigurationNode.Scalar(place, element.GetRawText()),
        };
    }
}
