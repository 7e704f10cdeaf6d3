using System.Text;

namespace Farspan.Topology;

/// <summary>
/// Writes the reference of the configuration file, made of the same descriptions that read it.
/// </summary>
public static class ConfigurationReference
{
    private const string Preamble =
        """
        # Configuration

        One YAML file, `farspan.yaml`. This page is made of the descriptions that also read the file, and so is
        [the JSON Schema](farspan.schema.json) by which editors complete and check it.

        The file describes nodes, or the whole network around them, or both: `regions`, `carriers` and the keys below
        them are the network ([decision 0013](decisions/0013-one-file-for-node-and-network.md)). What is not written
        of the network is derived; `farspan show` lists it all, and every derived value can be written instead.

        * A key that is missing has its default; a key that is not known is an error, as is everything else
          that could not be meant. All findings are told at once, each with file, line, column and advice.
        * Durations have a unit: `150ms`, `20s`, `5m`, `1h`. Addresses are IP addresses, never host names.
        * Relative paths start at the folder of the file.
        * Secrets are references: `env:NAME`, `file:PATH`, or `literal:VALUE` in a lab.
        * `*` at the start of a value must be quoted (`"*"`), for YAML takes it for an alias.

        The shortest file that takes calls:

        ```yaml
        connect:
          instances:
            - name: main
              instanceId: 12345678-1234-1234-1234-123456789012
              region: us-west-2
              contactFlow: 87654321-4321-4321-4321-210987654321
        ```

        A network of two regions: [samples/two-regions-partner-cci.yaml](../samples/two-regions-partner-cci.yaml).


        """;

    /// <summary>The page, in Markdown.</summary>
    public static string Write()
    {
        var page = new StringBuilder(Preamble);
        var written = new Dictionary<string, string>();
        WriteSection(FarspanSchema.Section.Outline, "", page, written);
        WriteRules(page);
        return page.ToString().ReplaceLineEndings("\n");
    }

    private static void WriteSection(
        SectionOutline section, string path, StringBuilder page, Dictionary<string, string> written)
    {
        var heading = path.Length == 0 ? "The file" : path;
        page.Append($"## {heading}\n\n{section.Summary}\n");
        if (section.Shorthand is { } shorthand)
        {
            page.Append($"A single value in place of the mapping sets `{shorthand.Name}`.\n");
        }

        page.Append("\n| key | value | default | meaning | example |\n|---|---|---|---|---|\n");
        foreach (var setting in section.Settings)
        {
            WriteRow(setting, page);
        }

        page.Append('\n');
        foreach (var setting in section.Settings)
        {
            if (setting.Kind.Outline is { } inner)
            {
                var innerPath = (path.Length == 0 ? "" : $"{path}.") + setting.Name + setting.Kind.PathSuffix;
                WriteOnce(inner, innerPath, page, written);
            }
        }
    }

    /// <summary>A section that stands in two places is described at the first.</summary>
    private static void WriteOnce(
        SectionOutline section, string path, StringBuilder page, Dictionary<string, string> written)
    {
        if (written.TryAdd(section.Summary, path))
        {
            WriteSection(section, path, page, written);
        }
        else
        {
            page.Append($"## {path}\n\nThe same keys as `{written[section.Summary]}`.\n\n");
        }
    }

    private static void WriteRow(Setting setting, StringBuilder page)
    {
        var cells = new[]
        {
            $"`{setting.Name}`",
            setting.Kind.Label,
            setting.DefaultText,
            setting.Summary,
            setting.Kind.Outline is null ? $"`{setting.Kind.Example}`" : "",
        };
        page.Append("| ").AppendJoin(" | ", cells.Select(cell => cell.Replace("|", "\\|"))).Append(" |\n");
    }

    private static void WriteRules(StringBuilder page)
    {
        page.Append("## Findings\n\n| id | | rule | why |\n|---|---|---|---|\n");
        foreach (var rule in FindingRules.All)
        {
            var severity = rule.Severity.ToString().ToLowerInvariant();
            page.Append($"| {rule.Id} | {severity} | {rule.Title} | {rule.Why} |\n");
        }
    }
}
