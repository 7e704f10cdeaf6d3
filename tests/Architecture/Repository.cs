using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Farspan.Architecture.Tests;

/// <summary>The checked-out repository: its files and its parsed C# sources.</summary>
internal static class Repository
{
    private static readonly Lazy<IReadOnlyList<SourceFile>> ParsedSources = new(() => [.. Find("src", "*.cs")
        .Concat(Find("tests", "*.cs")).Concat(Find("bench", "*.cs")).Select(SourceFile.Parse)]);

    public static string Root { get; } = FindRoot();

    /// <summary>Every C# file of src, tests and bench.</summary>
    public static IReadOnlyList<SourceFile> Sources => ParsedSources.Value;

    /// <summary>The C# files of the product.</summary>
    public static IEnumerable<SourceFile> Product =>
        Sources.Where(s => s.Path.StartsWith("src/", StringComparison.Ordinal));

    public static IEnumerable<string> Find(string folder, string pattern)
    {
        var start = Path.Combine(Root, folder);
        return !Directory.Exists(start)
            ? []
            : Directory.EnumerateFiles(start, pattern, SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
                .Where(f => !f.Contains("/obj/", StringComparison.Ordinal)
                    && !f.Contains("/bin/", StringComparison.Ordinal)
                    && !f.Contains("node_modules/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal);
    }

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Farspan.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Farspan.slnx was not found above the tests.");
    }
}

/// <summary>One parsed source file.</summary>
internal sealed record SourceFile(string Path, string Text, string[] Lines, SyntaxNode Syntax)
{
    public static SourceFile Parse(string path)
    {
        var text = Repository.Read(path);
        return new SourceFile(path, text, text.Split('\n'), CSharpSyntaxTree.ParseText(text).GetRoot());
    }

    public string At(SyntaxNode node) =>
        $"{Path}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";
}
