using System.CommandLine;
using Farspan.Configuration;
using Farspan.Render;
using Farspan.Topology;

namespace Farspan.Cli;

/// <summary>
/// <c>farspan render</c>: writes Terraform for both clouds, dashboards, runbooks, a pipeline and a description.
/// </summary>
internal static class RenderCommand
{
    private static readonly Argument<FileInfo> File = new("file")
    {
        Description = "The configuration, farspan.yaml.",
        DefaultValueFactory = _ => new FileInfo("farspan.yaml"),
    };

    private static readonly Option<DirectoryInfo> Out = new("--out", "-o")
    {
        Description = "The folder that the files are written to; files of an earlier rendering are replaced.",
        Required = true,
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print what was written as one JSON "
        + "object." };

    private static readonly Option<bool> Force =
        new("--force") { Description = "Write even what farspan check finds errors in." };

    public static Command Create()
    {
        var command = new Command(
            "render", "Write Terraform, dashboards, runbooks and a pipeline; exit code 2 if the configuration has "
            + "errors.")
        {
            File, Out, Json, Force,
        };
        command.SetAction(arguments => Run(
            arguments.GetRequiredValue(File).ToString(),
            arguments.GetRequiredValue(Out).FullName,
            arguments.GetValue(Force),
            new CommandOutput(Console.Out, Console.Error, arguments.GetValue(Json))));
        return command;
    }

    private static int Run(string path, string folder, bool isForced, CommandOutput output)
    {
        var loaded = ConfigurationFile.Load(path);
        var today = DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime);
        var outcome = ConfigurationCheck.Run(loaded, today);
        output.SayFindings(outcome.Findings.Where(f => f.Severity == FindingSeverity.Error));
        if (loaded.Model is not { } model || (outcome.HasErrors && !isForced))
        {
            output.SayFailure(
                $"{path} is not valid",
                "Correct the errors above (farspan check explains them) or add --force; nothing was written.");
            return ExitCode.InvalidConfiguration;
        }

        if (model.Network is not { } network)
        {
            output.SayFailure($"{path} describes no network", "Add `regions:`; docs/configuration.md tells how.");
            return ExitCode.InvalidConfiguration;
        }

        return Write(path, network, folder, output);
    }

    private static int Write(string path, Topology.Network network, string folder, CommandOutput output)
    {
        try
        {
            var flows = new FlowFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
            var files = NetworkRenderer.Render(network, flows.Read);
            var changes = RenderedFolder.Write(folder, files);
            var result = new RenderedNetwork(path, folder, files.Length, [.. changes], [.. flows.Missing]);
            output.Say(result, CliJson.Default.RenderedNetwork, Describe(result));
            return flows.Missing.Count == 0 ? ExitCode.Success : ExitCode.Failure;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            output.SayFailure($"{folder} cannot be written: {error.Message}", "Give a folder that you may write to.");
            return ExitCode.CannotStart;
        }
    }

    private static IEnumerable<string> Describe(RenderedNetwork result) =>
    [
        .. result.Missing.Select(m => $"{m}: this contact flow was not found; a small one stands in its place."),
        .. result.Changes,
        $"{result.Files} files in {result.Folder}, {result.Changes.Count} changed.",
        $"Next: {Path.Combine(result.Folder, "README.md")}",
    ];
}
