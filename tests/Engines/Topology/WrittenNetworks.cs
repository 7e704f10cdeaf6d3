using Farspan.Topology;

namespace Farspan.Topology.Tests;

/// <summary>Networks out of JSON, for tests that are not about YAML.</summary>
internal static class WrittenNetworks
{
    public const string East = """{ "name": "east", "google": "us-east4", "aws": "us-east-1" }""";

    public const string West = """{ "name": "west", "google": "us-west1", "aws": "us-west-2" }""";

    public const string Carrier =
        """{ "name": "acme", "sources": ["203.0.113.0/28"], "peakCalls": 600 }""";

    public static string TwoRegions { get; } = With(East, West);

    /// <summary>A file with these regions and one carrier.</summary>
    public static string With(params string[] regions) => WithKeys("", regions);

    /// <param name="keys">Further keys of the file, without a comma around them; may be empty.</param>
    /// <param name="regions">In JSON.</param>
    public static string WithKeys(string keys, params string[] regions) =>
        $$"""
        {
          "cluster": "test",
          "carriers": [{{Carrier}}],
          {{(keys.Length == 0 ? "" : keys + ",")}}
          "regions": [{{string.Join(", ", regions)}}]
        }
        """;

    public static Network Load(string json) => Written.LoadModel(json).Network!;

    /// <summary>A region with further keys.</summary>
    public static string Extend(string region, string keys) =>
        region.TrimEnd().TrimEnd('}') + ", " + keys + " }";
}
