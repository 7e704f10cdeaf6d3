using Farspan.Topology;
using Spectre.Console;

namespace Farspan.Cli;

/// <summary>The findings of <c>farspan check</c> as people read them.</summary>
internal static class CheckTable
{
    /// <summary>Columns where nobody's window limits them: lines stay in one piece.</summary>
    private const int UnboundedWidth = 240;

    /// <param name="file">As the operator named it.</param>
    /// <param name="outcome">What to show.</param>
    /// <param name="output">Where.</param>
    /// <param name="isTerminal">Whether there are colours, and lines wrap at the window's edge.</param>
    public static void Write(string file, CheckOutcome outcome, TextWriter output, bool isTerminal)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(isTerminal ? output : text),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
        });
        if (!isTerminal)
        {
            console.Profile.Width = UnboundedWidth;
        }

        if (!outcome.Findings.IsEmpty)
        {
            console.Write(Draw(outcome.Findings));
        }

        console.MarkupLineInterpolated($"{file}: {Summarize(outcome)}");
        if (outcome.Findings.FirstOrDefault(finding => finding.Rule.Source.Length > 0) is { } finding)
        {
            console.MarkupLineInterpolated(
                $"[dim]Why, and where that is written: farspan check --explain {finding.Id}[/]");
        }

        foreach (var line in text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            output.WriteLine(line.TrimEnd());
        }
    }

    private static Table Draw(IEnumerable<Finding> findings)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn(new TableColumn("").NoWrap())
            .AddColumn(new TableColumn("rule").NoWrap())
            .AddColumn(new TableColumn("line").RightAligned().NoWrap())
            .AddColumn("what is wrong");
        foreach (var finding in findings)
        {
            var (word, colour) = finding.Severity switch
            {
                FindingSeverity.Error => ("error", "red"),
                FindingSeverity.Warning => ("warning", "yellow"),
                _ => ("note", "blue"),
            };
            var subject = finding.Element.Length == 0 && finding.Path.Length > 0 ? $"{finding.Path}: " : "";
            table.AddRow(
                new Markup($"[{colour}]{word}[/]"),
                new Text(finding.Id),
                new Text(finding.Place.Line == 0 ? "" : $"{finding.Place.Line}:{finding.Place.Column}"),
                Markup.FromInterpolated($"{subject}{finding.What}. [dim]{finding.Fix}[/]"));
        }

        return table;
    }

    private static string Summarize(CheckOutcome outcome)
    {
        string Count(FindingSeverity severity, string word)
        {
            var count = outcome.Findings.Count(finding => finding.Severity == severity);
            return count == 1 ? $"1 {word}" : $"{count} {word}s";
        }

        var accepted = outcome.Accepted.IsEmpty ? "" : $", {outcome.Accepted.Length} accepted";
        return $"{Count(FindingSeverity.Error, "error")}, {Count(FindingSeverity.Warning, "warning")},"
            + $" {Count(FindingSeverity.Note, "note")}{accepted}.";
    }
}
