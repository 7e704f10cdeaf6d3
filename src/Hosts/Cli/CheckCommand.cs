using System.CommandLine;
using Farspan.Configuration;
using Farspan.Topology;

namespace Farspan.Cli;

/// <summary>
/// <c>farspan check</c>: says everything that is wrong with a configuration and the network it describes, and where.
/// </summary>
internal static class CheckCommand
{
    private static readonly Argument<FileInfo> File = new("file")
    {
        Description = "The configuration.",
        DefaultValueFactory = _ => new FileInfo("farspan.yaml"),
    };

    private static readonly Option<bool> Json =
        new("--json") { Description = "Print the findings as one JSON object." };

    private static readonly Option<bool> Sarif =
        new("--sarif") { Description = "Print the findings as SARIF 2.1.0, for code hosting and editors." };

    private static readonly Option<bool> Strict =
        new("--strict") { Description = "Let warnings that are not accepted count as errors." };

    private static readonly Option<string> Explain = new("--explain")
    {
        Description = "Print what a rule demands, why, and how to mend it; check nothing.",
        HelpName = "rule",
    };

    public static Command Create()
    {
        var command = new Command(
            "check", "Check a configuration and the network it describes; exit code 2 if it has errors.")
        {
            File, Json, Sarif, Strict, Explain,
        };
        command.Aliases.Add("check-config");
        command.SetAction(arguments =>
        {
            var output = new CommandOutput(Console.Out, Console.Error, arguments.GetValue(Json));
            return arguments.GetValue(Explain) is { } rule
                ? ExplainRule(rule, output)
                : Run(
                    arguments.GetRequiredValue(File).ToString(),
                    arguments.GetValue(Strict),
                    arguments.GetValue(Sarif),
                    output);
        });
        return command;
    }

    private static int Run(string path, bool isStrict, bool isSarif, CommandOutput output)
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime);
        var outcome = ConfigurationCheck.Run(ConfigurationFile.Load(path), today);
        var isValid = !outcome.HasErrors
            && !(isStrict && outcome.Findings.Any(finding => finding.Severity == FindingSeverity.Warning));
        if (isSarif)
        {
            output.Write(SarifReport.Write(outcome));
        }
        else if (output.IsJson)
        {
            output.Say(CheckedConfiguration.Of(path, outcome, isValid), CliJson.Default.CheckedConfiguration, []);
        }
        else
        {
            CheckTable.Write(path, outcome, Console.Out, !Console.IsOutputRedirected);
        }

        return isValid ? ExitCode.Success : ExitCode.InvalidConfiguration;
    }

    private static IEnumerable<string> Describe(FindingRule rule)
    {
        yield return $"{rule.Id} ({rule.Severity.ToString().ToLowerInvariant()}): {rule.Title}.";
        yield return "";
        yield return $"  Why     {rule.Why}";
        if (rule.Mend.Length > 0)
        {
            yield return $"  Mend    {rule.Mend}";
        }

        if (rule.Source.Length > 0)
        {
            yield return $"  Source  {rule.Source}";
        }

        if (rule.Evidence != RuleEvidence.File)
        {
            yield return $"  Decided by {RuleReference.Describe(rule.Evidence)}";
        }
    }

    private static int ExplainRule(string id, CommandOutput output)
    {
        if (RuleCatalogue.Find(id) is { } rule)
        {
            output.Say(ExplainedRule.Of(rule), CliJson.Default.ExplainedRule, Describe(rule));
            return ExitCode.Success;
        }

        output.SayFailure(
            $"there is no rule {id}",
            RuleCatalogue.Nearest(id) is { } near ? $"Did you mean {near}?" : "docs/rules.md lists all of them.");
        return ExitCode.Failure;
    }
}
