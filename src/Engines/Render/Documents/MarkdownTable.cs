namespace Farspan.Render;

/// <summary>A table of Markdown.</summary>
internal static class MarkdownTable
{
    /// <summary>The lines of the table; none if it has no rows.</summary>
    public static IEnumerable<string> Lines(string[] heads, IEnumerable<string[]> rows)
    {
        var written = rows.ToList();
        return written.Count == 0
            ? []
            : [Row(heads), "|" + string.Concat(heads.Select(_ => "---|")), .. written.Select(Row), ""];
    }

    private static string Row(string[] cells) =>
        "| " + string.Join(" | ", cells.Select(c => c.Replace("|", "\\|", StringComparison.Ordinal))) + " |";
}
