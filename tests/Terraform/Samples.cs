using System.Collections.Immutable;
using Farspan.Configuration;
using Farspan.Render;

namespace Farspan.Terraform.Tests;

/// <summary>The networks among the samples, rendered.</summary>
internal static class Samples
{
    /// <summary>Those whose network is sound; the guide's own form is for <c>farspan check</c>.</summary>
    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder, "two-regions-*.yaml")
        .Select(f => Path.GetFileNameWithoutExtension(f)!)
        .Order(StringComparer.Ordinal);

    /// <summary>Of the repository.</summary>
    public static string Root { get; } = FindRoot();

    private static string Folder => Path.Combine(Root, "samples");

    public static ImmutableArray<RenderedFile> Render(string name, Func<string, string>? edit = null)
    {
        var text = Text(name);
        return NetworkRenderer.Render(Load(edit?.Invoke(text) ?? text), _ => null);
    }

    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name + ".yaml"));

    public static Topology.Network Load(string text)
    {
        var (model, findings) = ConfigurationFile.Load(System.Text.Encoding.UTF8.GetBytes(text), "farspan.yaml");
        Assert.True(model is not null, string.Join('\n', findings));
        return Assert.IsType<Topology.Network>(model.Network);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Farspan.slnx")))
        {
            folder = folder.Parent;
        }

        return folder!.FullName;
    }
}
