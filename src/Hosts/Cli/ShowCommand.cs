using System.CommandLine;
using Farspan.Configuration;
using Farspan.Topology;
using Spectre.Console;

namespace Farspan.Cli;

/// <summary>
/// <c>farspan show</c>: the whole network that a file describes, derived values marked. Exit code 2 if the
/// file
/// has errors or describes no network.
/// </summary>
internal static class ShowCommand
{
    /// <summary>Characters of a line where nobody's terminal says how wide it is.</summary>
    private const int FileWidth = 200;

    private static readonly Argument<FileInfo> File = new("file")
    {
        Description = "The configuration.",
        DefaultValueFactory = _ => new FileInfo("farspan.yaml"),
    };

    private static readonly Option<string[]> Only = new("--only")
    {
        Description = "Show only elements whose id begins like this, such as bgp/us-east4.",
        HelpName = "ID",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object." };

    public static Command Create()
    {
        var command = new Command("show", "Show the network that a file describes, with all that is derived.")
        {
            File, Only, Json,
        };
        command.SetAction(arguments => Run(
            arguments.GetRequiredValue(File).ToString(),
            arguments.GetValue(Only) ?? [],
            new CommandOutput(Console.Out, Console.Error, arguments.GetValue(Json))));
        return command;
    }

    private static int Run(string path, string[] only, CommandOutput output)
    {
        var (model, findings) = ConfigurationFile.Load(path);
        output.SayFindings(findings);
        if (model?.Network is not { } network)
        {
            output.SayFailure(
                $"{path} shows no network",
                model is null ? "Correct the errors above." : "Describe its `regions`.");
            return ExitCode.InvalidConfiguration;
        }

        var tables = NetworkListing.TablesOf(network).Select(table => Select(table, only))
            .Where(table => table.Elements.Length > 0)
            .ToArray();
        if (output.IsJson)
        {
            var shown = new ShownNetwork(network.Name, [.. tables.Select(ToShown)]);
            output.Say(shown, ShowJson.Default.ShownNetwork, []);
        }
        else
        {
            Print(tables);
        }

        return ExitCode.Success;
    }

    private static ListedTable Select(ListedTable table, string[] only) => only.Length == 0
        ? table
        : table with
        {
            Elements =
            [
                .. table.Elements.Where(listed => Array.Exists(only, start => Begins(listed, start))),
            ],
        };

    private static bool Begins(ListedElement listed, string start) =>
        listed.Element.Id.StartsWith(start, StringComparison.Ordinal);

    private static ShownTable ToShown(ListedTable table) => new(
        table.Title,
        [
            .. table.Elements.Select(listed => new ShownElement(
                listed.Element.Id,
                listed.Element.Name,
                listed.Element.Region,
                listed.Element.Origin.IsDerived,
                listed.Element.Origin.Place.ToString(),
                listed.Values.ToDictionary(
                    value => value.Key, value => new ShownValue(value.Text, value.IsDerived)))),
        ]);

    private static void Print(IEnumerable<ListedTable> tables)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            Out = new AnsiConsoleOutput(Console.Out),
        });
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = FileWidth;
        }

        foreach (var table in tables)
        {
            console.Write(ToTable(table));
        }

        console.MarkupLine("[dim]~ derived: to override a value, write the key that its column names.[/]");
    }

    private static Table ToTable(ListedTable listed)
    {
        var table = new Table().Border(TableBorder.Simple).Title($"[bold]{Markup.Escape(listed.Title)}[/]");
        table.AddColumn("id", column => column.NoWrap());
        foreach (var key in listed.Keys)
        {
            table.AddColumn(Markup.Escape(key));
        }

        foreach (var element in listed.Elements)
        {
            table.AddRow([Markup.Escape(element.Element.Id), .. element.Values.Select(ToMarkup)]);
        }

        return table;
    }

    private static string ToMarkup(ListedValue value) => value switch
    {
        { Text: "" } => "",
        { IsDerived: true } => $"[dim]~{Markup.Escape(value.Text)}[/]",
        _ => Markup.Escape(value.Text),
    };
}
