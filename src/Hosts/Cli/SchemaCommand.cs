using System.CommandLine;
using Farspan.Topology;

namespace Farspan.Cli;

/// <summary>
/// <c>farspan schema</c>: the JSON Schema of <c>farspan.yaml</c>, for editors that complete and check.
/// </summary>
internal static class SchemaCommand
{
    private static readonly Option<FileInfo?> Out = new("--out")
    {
        Description = "Write it to a file instead.",
        HelpName = "FILE",
    };

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "The schema is JSON anyway; for the sake of uniformity.",
    };

    public static Command Create()
    {
        var command = new Command("schema", "Print the JSON Schema of farspan.yaml.") { Out, Json };
        command.SetAction(arguments => Run(arguments.GetValue(Out)));
        return command;
    }

    private static int Run(FileInfo? file)
    {
        var schema = ConfigurationJsonSchema.Write();
        if (file is null)
        {
            Console.Out.Write(schema);
        }
        else
        {
            File.WriteAllText(file.FullName, schema);
        }

        return ExitCode.Success;
    }
}
