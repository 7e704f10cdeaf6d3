using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Farspan.Topology;

namespace Farspan.Cli;

/// <summary>
/// Findings in the Static Analysis Results Interchange Format (OASIS SARIF 2.1.0), which code hosting and editors
/// show beside the lines.
/// </summary>
internal static class SarifReport
{
    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";

    private const string Version = "2.1.0";

    public static string Write(CheckOutcome outcome)
    {
        var used = outcome.Findings.Concat(outcome.Accepted.Select(each => each.Finding))
            .Select(finding => finding.Rule)
            .Distinct()
            .OrderBy(rule => rule.Id, StringComparer.Ordinal)
            .ToList();
        var results = outcome.Findings.Select(finding => Describe(finding, used, null))
            .Concat(outcome.Accepted.Select(each => Describe(each.Finding, used, each.Acceptance)));
        var log = new SarifLog(Schema, Version, [new SarifRun(Describe(used), [.. results], "utf16CodeUnits")]);
        return JsonSerializer.Serialize(log, SarifJson.Default.SarifLog);
    }

    private static SarifTool Describe(List<FindingRule> rules) => new(new SarifDriver(
        "farspan check",
        Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "0.0.0",
        [.. rules.Select(rule => new SarifRule(
            rule.Id,
            new SarifText(rule.Title),
            new SarifText(rule.Why),
            new SarifHelp($"{rule.Why} {rule.Mend} {rule.Source}".Trim(), RuleReference.WriteRule(rule)),
            new SarifConfiguration(Level(rule.Severity))))]));

    private static SarifResult Describe(Finding finding, List<FindingRule> rules, AcceptanceModel? acceptance) => new(
        finding.Id,
        rules.IndexOf(finding.Rule),
        Level(finding.Severity),
        new SarifText($"{finding.What}. {finding.Fix}"),
        [new SarifLocation(Place(finding.Place), Subjects(finding))],
        acceptance is null ? null : [new SarifSuppression("inSource", acceptance.Reason)]);

    private static SarifPhysicalLocation Place(ConfigurationPlace place) => new(
        new SarifArtifact(ToUri(place.File)),
        place.Line == 0 ? null : new SarifRegion(place.Line, Math.Max(place.Column, 1)));

    private static List<SarifLogicalLocation>? Subjects(Finding finding) => finding.Element.Length > 0
        ? [new SarifLogicalLocation(finding.Element)]
        : finding.Path.Length > 0 ? [new SarifLogicalLocation(finding.Path)] : null;

    private static string ToUri(string file) => Path.IsPathRooted(file)
        ? new Uri(file).AbsoluteUri
        : string.Join('/', file.Split('/').Select(Uri.EscapeDataString));

    private static string Level(FindingSeverity severity) => severity.ToString().ToLowerInvariant();
}

/// <summary>The root of a SARIF file.</summary>
internal sealed record SarifLog(
    [property: JsonPropertyName("$schema")] string Schema, string Version, IReadOnlyList<SarifRun> Runs);

/// <summary>One run of one tool.</summary>
internal sealed record SarifRun(SarifTool Tool, IReadOnlyList<SarifResult> Results, string ColumnKind);

/// <summary>What ran.</summary>
internal sealed record SarifTool(SarifDriver Driver);

/// <summary>The tool itself and its rules.</summary>
internal sealed record SarifDriver(string Name, string SemanticVersion, IReadOnlyList<SarifRule> Rules);

/// <summary>A rule: SARIF's reportingDescriptor.</summary>
internal sealed record SarifRule(
    string Id,
    SarifText ShortDescription,
    SarifText FullDescription,
    SarifHelp Help,
    SarifConfiguration DefaultConfiguration);

/// <summary>A plain text.</summary>
internal sealed record SarifText(string Text);

/// <summary>A text in two forms.</summary>
internal sealed record SarifHelp(string Text, string Markdown);

/// <summary>How bad it is unless a result says otherwise.</summary>
internal sealed record SarifConfiguration(string Level);

/// <summary>A finding.</summary>
internal sealed record SarifResult(
    string RuleId,
    int RuleIndex,
    string Level,
    SarifText Message,
    IReadOnlyList<SarifLocation> Locations,
    IReadOnlyList<SarifSuppression>? Suppressions);

/// <summary>Where: in the file, and of what.</summary>
internal sealed record SarifLocation(
    SarifPhysicalLocation PhysicalLocation, IReadOnlyList<SarifLogicalLocation>? LogicalLocations);

/// <summary>A place in a file.</summary>
internal sealed record SarifPhysicalLocation(SarifArtifact ArtifactLocation, SarifRegion? Region);

/// <summary>A file.</summary>
internal sealed record SarifArtifact(string Uri);

/// <summary>A place in its text; the first line and column are 1.</summary>
internal sealed record SarifRegion(int StartLine, int StartColumn);

/// <summary>The element of the network, or the key.</summary>
internal sealed record SarifLogicalLocation(string FullyQualifiedName);

/// <summary>That somebody accepts it.</summary>
internal sealed record SarifSuppression(string Kind, string Justification);

/// <summary>The serializer, made at compile time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(SarifLog))]
internal sealed partial class SarifJson : JsonSerializerContext;
