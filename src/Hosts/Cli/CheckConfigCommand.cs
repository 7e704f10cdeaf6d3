using System.CommandLine;
using Farspan.Configuration;
using Farspan.Topology;

namespace Farspan.Cli;

/// <summary><c>farspan check-config</c>: says everything that is wrong with a configuration, and where.</summary>
internal static class CheckConfigCommand
{
    private static readonly Argument<FileInfo> File = new("file")
    {
        Description = "The configuration, such as farspan.yaml.",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print the findings as one JSON object." };

    public static Command Create()
    {
        var command = new Command("check-config", "Check a configuration; exit code 2 if it has errors.") { File, Json };
        command.SetAction(arguments => Run(
            arguments.GetRequiredValue(File).ToString(),
            new CommandOutput(Console.Out, Console.Error, arguments.GetValue(Json))));
        return command;
    }

    private static int Run(string path, CommandOutput output)
    {
        var (model, findings) = ConfigurationFile.Load(path);
        var result = new CheckedConfiguration(path, model is not null, [.. findings.Select(ToChecked)]);
        output.Say(result, CliJson.Default.CheckedConfiguration, Describe(result, findings));
        return result.Valid ? ExitCode.Success : ExitCode.InvalidConfiguration;
    }

    private static IEnumerable<string> Describe(CheckedConfiguration result, IEnumerable<Finding> findings) =>
        findings.Select(f => $"{f}{Environment.NewLine}    {f.Why}")
            .Append(result.Valid ? $"{result.File}: valid." : $"{result.File}: not valid.");

    private static CheckedFinding ToChecked(Finding finding) => new(
        finding.Id,
        finding.Severity.ToString().ToLowerInvariant(),
        finding.Place.File,
        finding.Place.Line,
        finding.Place.Column,
        finding.Path,
        finding.What,
        finding.Why,
        finding.Fix);
}
