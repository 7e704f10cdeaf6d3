using System.Text;

namespace Farspan.Bench;

/// <summary>
/// What a bench found: told on the terminal line by line, and kept as a section for docs/performance.md.
/// </summary>
internal sealed class Scoreboard(string bench, BenchOptions options)
{
    private const string Header =
        "| what | Farspan | beside it | ratio | goal | |\n|---|---|---|---|---|---|\n";

    private readonly StringBuilder _rows = new();
    private readonly StringBuilder _notes = new();

    /// <summary>Whether every goal was met and every check held.</summary>
    public bool IsGood { get; private set; } = true;

    public void Add(Figure figure)
    {
        IsGood &= figure.IsMet ?? true;
        _rows.Append(figure.ToRow()).Append('\n');
        var theirs = figure.Theirs is null ? "" : $"  {figure.Peer}: {figure.Theirs.Format()}";
        var ratio = figure.Ratio is { } value ? $"  ratio {Samples.Format(value)}" : "";
        var goal = figure.Goal is { } limit
            ? $"  goal {limit.Format(figure.Unit)}: {(figure.IsMet == true ? "met" : "MISSED")}"
            : "";
        var ours = $"{figure.Ours.Format()} {figure.Unit}";
        Console.WriteLine($"{bench,-10} {figure.What}: {ours}{theirs}{ratio}{goal}");
    }

    /// <summary>A remark under the table.</summary>
    public void Note(string text)
    {
        _notes.Append("* ").Append(text).Append('\n');
        Console.WriteLine($"{bench,-10} {text}");
    }

    /// <summary>Something that must hold for the figures to mean anything.</summary>
    public void Require(bool holds, string claim)
    {
        IsGood &= holds;
        Note(holds ? $"Checked: {claim}." : $"**Does not hold:** {claim}.");
    }

    public void Save()
    {
        if (options.RecordPath is { } path)
        {
            File.WriteAllText(path, $"{Machine.Describe(options)}\n\n{Header}{_rows}\n{_notes}");
        }
    }
}
