namespace Farspan.Bench;

/// <summary>
/// Puts what a bench recorded into docs/performance.md, between the markers that carry its name; the prose
/// around them is left alone.
/// </summary>
internal static class PerformancePage
{
    private static readonly string Page = RepositoryRoot.Combine("docs", "performance.md");

    /// <returns>The exit code.</returns>
    public static int Replace(string bench, string sectionPath)
    {
        var page = File.ReadAllText(Page);
        var (begin, end) = ($"<!-- bench {bench} -->\n", $"<!-- end of {bench} -->");
        var start = page.IndexOf(begin, StringComparison.Ordinal);
        var stop = page.IndexOf(end, StringComparison.Ordinal);
        if (start < 0 || stop < start)
        {
            Console.Error.WriteLine($"{Page} has no markers for {bench}.");
            return 2;
        }

        var section = File.ReadAllText(sectionPath).Trim();
        File.WriteAllText(Page, $"{page[..(start + begin.Length)]}{section}\n{page[stop..]}");
        return 0;
    }
}
