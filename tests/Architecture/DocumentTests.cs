using System.Text.RegularExpressions;

namespace Farspan.Architecture.Tests;

/// <summary>Documents may be wrong only until the next test run: every path and link they name must exist.</summary>
public sealed partial class DocumentTests
{
    private static readonly string[] Protocols =
        ["Audio", "Chime", "Ice", "Rtp", "Sdp", "Sip", "Srtp", "Stun"];

    [Fact]
    public void EveryRelativeLink_LeadsSomewhere()
    {
        var dead = new List<string>();
        foreach (var document in Documents())
        {
            var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, document))!;
            dead.AddRange(LinkPattern().Matches(Repository.Read(document))
                .Select(m => m.Groups[1].Value.Split('#')[0])
                .Where(l => l.Length > 0 && !l.Contains("://", StringComparison.Ordinal)
                    && !l.StartsWith("mailto:", StringComparison.Ordinal))
                .Where(l => !Path.Exists(Path.Combine(folder, l)))
                .Select(l => $"{document}: {l}"));
        }

        Assert.Empty(dead);
    }

    [Fact]
    public void EveryPathInBackticks_Exists()
    {
        var dead = from document in Documents()
                   from Match match in PathPattern().Matches(Repository.Read(document))
                   let path = match.Groups[1].Value
                   where !Path.Exists(Path.Combine(Repository.Root, path)) && !Exists(path)
                   where !Path.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(document)!, path))
                   select $"{document}: {path}";

        Assert.Empty(dead);
    }

    [Fact]
    public void EveryProtocol_HasAPageWithItsRfcTable()
    {
        var missing = Protocols
            .Select(p => $"src/Protocols/{p}/README.md")
            .Where(p => !File.Exists(Path.Combine(Repository.Root, p))
                || !Repository.Read(p).Contains('|', StringComparison.Ordinal));

        Assert.Empty(missing);
    }

    private static IEnumerable<string> Documents() =>
        Repository.Find(".", "*.md")
            .Where(d => !d.StartsWith("artifacts/", StringComparison.Ordinal))
            .Where(d => d != "CHANGELOG.md");

    // `src/Engines/Calls/Call` names a type: the file beside it has the ending.
    private static bool Exists(string path) => File.Exists(Path.Combine(Repository.Root, path + ".cs"));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex LinkPattern();

    [GeneratedRegex(@"`((?:src|tests|docs|bench|eng|deploy|samples)/[\w./-]+)`")]
    private static partial Regex PathPattern();
}
