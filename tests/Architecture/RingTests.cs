using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Farspan.Architecture.Tests;

/// <summary>Who may use whom. The lists are the architecture: changing them is a decision.</summary>
public sealed partial class RingTests
{
    /// <summary>Project → the projects it may reference.</summary>
    private static readonly Dictionary<string, string[]> Rings = new()
    {
        ["Farspan.Kernel"] = [],
        ["Farspan.Protocols"] = ["Farspan.Kernel"],
        ["Farspan.Engines"] = ["Farspan.Protocols"],
        ["Farspan.Adapters"] = ["Farspan.Engines"],
        ["Farspan.Node"] = ["Farspan.Adapters"],
        ["Farspan.Lab"] = ["Farspan.Adapters", "Farspan.Node"],
        ["Farspan.Cli"] = ["Farspan.Node", "Farspan.Lab"],
    };

    /// <summary>Folder of a pure ring → the folders of the same ring it may use.</summary>
    private static readonly Dictionary<string, string[]> Folders = new()
    {
        ["Kernel"] = [],
        ["Protocols/Audio"] = [],
        ["Protocols/Chime"] = [],
        ["Protocols/Ice"] = ["Stun"],
        ["Protocols/Rtp"] = ["Audio"],
        ["Protocols/Sdp"] = ["Audio"],
        ["Protocols/Sip"] = [],
        ["Protocols/Srtp"] = [],
        ["Protocols/Stun"] = [],
        ["Engines/Cluster"] = [],
        ["Engines/Calls"] = ["Cluster", "Media", "Routing", "Topology"],
        ["Engines/Edges"] = ["Calls", "Cluster", "Media", "Topology"],
        ["Engines/Media"] = ["Calls"],
        ["Engines/Render"] = ["Simulation", "Topology"],
        ["Engines/Routing"] = ["Topology"],
        ["Engines/Simulation"] = ["Topology"],
        ["Engines/Topology"] = [],
    };

    [Fact]
    public void EveryProject_ReferencesOnlyTheRingsItMay()
    {
        var wrong = new List<string>();
        foreach (var path in Repository.Find("src", "*.csproj"))
        {
            var project = Path.GetFileNameWithoutExtension(path);
            var references = ReferencePattern().Matches(Repository.Read(path)).Select(m => m.Groups[1].Value);
            wrong.AddRange(references.Except(Rings[project]).Select(r => $"{project} → {r}"));
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void ThePureRings_HaveNoPackages()
    {
        var wrong = from ring in new[] { "Kernel", "Protocols", "Engines" }
                    let project = Repository.Read($"src/{ring}/Farspan.{ring}.csproj")
                    where project.Contains("PackageReference", StringComparison.Ordinal)
                        || project.Contains("FrameworkReference", StringComparison.Ordinal)
                        || !project.Contains("eng/Pure.props", StringComparison.Ordinal)
                    select ring;

        Assert.Empty(wrong);
    }

    [Fact]
    public void EveryFolderOfAPureRing_UsesOnlyTheFoldersItMay()
    {
        var wrong = from source in Repository.Product
                    let folder = PureFolder(source.Path)
                    where folder is not null
                    from used in source.Syntax.DescendantNodes().OfType<UsingDirectiveSyntax>()
                    let name = UsedFolder(used)
                    where name is not null && name != Path.GetFileName(folder) && !MayUse(folder, name)
                    select $"{source.At(used)}: {folder} uses Farspan.{name}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void TheNamespaceOfAFile_IsItsFolderBelowTheRing()
    {
        var wrong = from source in Repository.Product
                    let expected = ExpectedNamespace(source.Path)
                    from declared in source.Syntax.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>()
                    where declared.Name.ToString() != expected
                    select $"{source.Path}: {declared.Name}, expected {expected}";

        Assert.Empty(wrong);
    }

    private static string? PureFolder(string path)
    {
        var parts = path.Split('/');
        return parts[1] switch
        {
            "Kernel" => "Kernel",
            "Protocols" or "Engines" => $"{parts[1]}/{parts[2]}",
            _ => null,
        };
    }

    private static bool MayUse(string folder, string used)
    {
        Assert.True(Folders.ContainsKey(folder), $"{folder} is not in the list of folders.");
        var isProtocol = Folders.ContainsKey($"Protocols/{used}");
        return used == "Kernel"
            || (folder.StartsWith("Engines/", StringComparison.Ordinal) && isProtocol)
            || Folders[folder].Contains(used);
    }

    private static string? UsedFolder(UsingDirectiveSyntax used)
    {
        var name = used.Name?.ToString() ?? "";
        return name.StartsWith("Farspan.", StringComparison.Ordinal) ? name.Split('.')[1] : null;
    }

    private static string ExpectedNamespace(string path)
    {
        var parts = path.Split('/');
        return parts[1] is "Kernel" ? "Farspan.Kernel"
            : parts.Length <= 3 ? $"Farspan.{parts[1]}"
            : $"Farspan.{parts[2]}";
    }

    [GeneratedRegex(@"<ProjectReference Include="".*?([\w.]+)\.csproj""")]
    private static partial Regex ReferencePattern();
}
