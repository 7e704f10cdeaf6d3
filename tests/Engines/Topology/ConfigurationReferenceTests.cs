using System.Text.Json.Nodes;
using Farspan.Topology;

namespace Farspan.Topology.Tests;

public sealed class ConfigurationReferenceTests
{
    /// <summary>Set to 1, the test writes the page instead of comparing it.</summary>
    private const string UpdateVariable = "FARSPAN_UPDATE_DOCS";

    [Fact]
    public void ThePage_IsWhatTheSchemaSays()
    {
        var path = Path.Combine(FindRoot(), "docs", "configuration.md");
        var expected = ConfigurationReference.Write();
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.True(
            File.Exists(path) && File.ReadAllText(path) == expected,
            $"docs/configuration.md is out of date: run this test with {UpdateVariable}=1, commit the page.");
    }

    [Fact]
    public void TheJsonSchema_IsWhatTheSchemaSays()
    {
        var path = Path.Combine(FindRoot(), "docs", "farspan.schema.json");
        var expected = ConfigurationJsonSchema.Write();
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.True(
            File.Exists(path) && File.ReadAllText(path) == expected,
            $"docs/farspan.schema.json is out of date: run this test with {UpdateVariable}=1, commit the file.");
    }

    [Fact]
    public void EveryReferenceOfTheJsonSchema_LeadsToADefinition()
    {
        var schema = JsonNode.Parse(ConfigurationJsonSchema.Write())!.AsObject();
        var names = schema["$defs"]!.AsObject().Select(pair => pair.Key).ToHashSet();

        var references = References(schema).ToArray();

        Assert.NotEmpty(references);
        Assert.Empty(references.Where(reference => !names.Contains(reference["#/$defs/".Length..])));
    }

    [Fact]
    public void EveryRuleOfFindings_IsInThePage_UnderItsOwnId()
    {
        var page = ConfigurationReference.Write();

        Assert.Equal(FindingRules.All.Length, FindingRules.All.Select(rule => rule.Id).Distinct().Count());
        Assert.All(FindingRules.All, rule => Assert.Contains($"| {rule.Id} |", page));
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject item => item.SelectMany(pair =>
            pair.Key == "$ref" ? [pair.Value!.GetValue<string>()] : References(pair.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Farspan.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException(
            "The repository was not found above the tests.");
    }
}
