using System.CommandLine;
using Farspan.Configuration;
using Farspan.Render;

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

    public static Command Create()
    {
        var command = new Command(
            "render", "Write Terraform, dashboards, runbooks and a pipeline; exit code 2 if the configuration has "
            + "errors.")
        {
            File, Out, Json,
        };
        command.SetAction(arguments => Run(
            arguments.GetRequiredValue(File).ToString(),
            arguments.GetRequiredValue(Out).FullName,
            new CommandOutput(Console.Out, Console.Error, arguments.GetValue(Json))));
        return command;
    }

    private static int Run(string path, string folder, CommandOutput output)
    {
        var (model, findings) = ConfigurationFile.Load(path);
        output.SayFindings(findings);
        if (model is null)
        {
            output.SayFailure($"{path} is not valid", "Correct the errors above; nothing was written.");
            return ExitCode.InvalidConfiguration;
        }

        if (model.Network is not { } network)
        {
            output.SayFailure($"{path} describes no network", "Add `regions:`; docs/configuration.md tells how.");
            return ExitCode.InvalidConfiguration;
        }

        try
        {
            var flows = new FlowFolder(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
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
        $"Next: {System.IO.Path.Combine(result.Folder, "README.md")}",
    ];
}
