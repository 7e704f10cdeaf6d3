using System.Text;

namespace Farspan.Topology;

/// <summary>Writes the catalogue of rules, <c>docs/rules.md</c>, and the page of one rule.</summary>
public static class RuleReference
{
    private const string Preamble =
        """
        # Rules

        What `farspan check` looks for. This page is made of the rules themselves; `farspan check --explain BGP-003`
        prints one of them.

        * An **error** would be refused by a cloud, or the design cannot work; the exit code is 2.
        * A **warning** loses redundancy, or is a known trap; a **note** is good to know.
        * Warnings and notes can be accepted in the file, for a reason and until a day:

          ```yaml
          accept:
            - rule: CON-009
              where: connect/us-east-1   # The element, or the start of the key; without it, everywhere.
              reason: We need no promise of Amazon's for both regions together.
              until: 2027-01-31
          ```

        * *Decided by* says what one must look at. Rules that a Terraform plan or the running clouds decide are listed
          because they belong to the design; `farspan check` cannot see them.


        """;

    /// <summary>The whole page, in Markdown.</summary>
    public static string Write()
    {
        var page = new StringBuilder(Preamble);
        WriteOverview(page);
        foreach (var (family, about) in RuleCatalogue.Families)
        {
            page.Append($"## {about}\n\n| rule | | holds when all is well |\n|---|---|---|\n");
            var rules = RuleCatalogue.All.Where(rule => rule.Family == family).ToList();
            foreach (var rule in rules)
            {
                page.Append($"| [{rule.Id}](#{rule.Id.ToLowerInvariant()}) | {Word(rule.Severity)} | {rule.Title} |\n");
            }

            page.Append('\n').AppendJoin("", rules.Select(WriteRule));
        }

        return page.ToString().ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
    }

    /// <summary>One rule, in Markdown that is readable as it is.</summary>
    public static string WriteRule(FindingRule rule)
    {
        var text = new StringBuilder();
        text.Append($"### {rule.Id}\n\n");
        text.Append($"**{rule.Title}.** ({Word(rule.Severity)})\n\n");
        text.Append($"{rule.Why}\n\n");
        if (rule.Mend.Length > 0)
        {
            text.Append($"*Mend*: {rule.Mend}\n\n");
        }

        if (rule.Source.Length > 0)
        {
            text.Append($"*Source*: {rule.Source}\n\n");
        }

        if (rule.Evidence != RuleEvidence.File)
        {
            text.Append($"*Decided by*: {Describe(rule.Evidence)}\n\n");
        }

        return text.ToString();
    }

    private static void WriteOverview(StringBuilder page)
    {
        page.Append("| family | about | errors | warnings | notes |\n|---|---|---|---|---|\n");
        foreach (var (family, about) in RuleCatalogue.Families)
        {
            var rules = RuleCatalogue.All.Where(rule => rule.Family == family).ToList();
            page.Append($"| {family} | {about} |");
            foreach (var severity in new[] { FindingSeverity.Error, FindingSeverity.Warning, FindingSeverity.Note })
            {
                page.Append($" {rules.Count(rule => rule.Severity == severity)} |");
            }

            page.Append('\n');
        }

        page.Append('\n');
    }

    private static string Word(FindingSeverity severity) => severity.ToString().ToLowerInvariant();

    /// <summary>What decides a rule, in words.</summary>
    public static string Describe(RuleEvidence evidence) => evidence switch
    {
        RuleEvidence.Plan => "a Terraform plan",
        RuleEvidence.Cloud => "the running clouds",
        RuleEvidence.Construction => "Farspan itself, which never does otherwise",
        _ => "the file",
    };
}
