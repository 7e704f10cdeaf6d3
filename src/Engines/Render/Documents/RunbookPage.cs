namespace Farspan.Render;

/// <summary>
/// The form that every runbook has: what is seen, what happens by itself, what to look at, what to do.
/// </summary>
internal sealed class RunbookPage
{
    private readonly TextLines _text = new();

    public RunbookPage(string title, string seen)
    {
        _text.Add($"# {title}").Add();
        _text.Add($"**Seen:** {seen}").Add();
    }

    /// <summary>What the simulation predicts, and what it is reckoned from.</summary>
    /// <param name="rows">As <see cref="Predictions.Heads"/> has them.</param>
    /// <param name="reckoning">Sentences; the same one counts once.</param>
    public RunbookPage ByItself(IEnumerable<string[]> rows, IEnumerable<string> reckoning)
    {
        _text.Add("## What happens by itself, and how soon").Add();
        _text.Add(MarkdownTable.Lines(Predictions.Heads, rows));
        foreach (var sentence in reckoning.Distinct())
        {
            _text.Add($"* {sentence}");
        }

        _text.Add();
        return this;
    }

    public RunbookPage Look(params IEnumerable<string> commands) => Commands("Look", commands);

    /// <summary>How to take a part out of use, and back.</summary>
    public RunbookPage Shut(params IEnumerable<string> commands) => Commands("Shut", commands);

    public RunbookPage Do(params IEnumerable<string> steps)
    {
        _text.Add("## Do").Add();
        foreach (var (place, step) in steps.Index())
        {
            _text.Add($"{place + 1}. {step}");
        }

        _text.Add();
        return this;
    }

    public RunbookPage Over(string sign)
    {
        _text.Add("## Over when").Add().Add(sign);
        return this;
    }

    private RunbookPage Commands(string title, IEnumerable<string> commands)
    {
        var lines = commands.ToList();
        if (lines.Count > 0)
        {
            _text.Add($"## {title}").Add().Add("```sh").Add(lines).Add("```").Add();
        }

        return this;
    }

    public override string ToString() => _text.ToString();
}
