using System.Text;
using Farspan.Topology;

namespace Farspan.Configuration.Tests;

/// <summary>YAML texts for the tests.</summary>
internal static class Yaml
{
    public const string File = "farspan.yaml";

    public const string Connect =
        "connect: {instances: [{name: main, instanceId: i-1, region: us-west-2, contactFlow: f-1}]}\n";

    public static ConfigurationOutcome Load(string text) => Load(Encoding.UTF8.GetBytes(text));

    public static ConfigurationOutcome Load(ReadOnlySpan<byte> content) =>
        ConfigurationFile.Load(content, File);

    public static FarspanModel LoadModel(string text)
    {
        var outcome = Load(text);
        Assert.Empty(outcome.Findings);
        return Assert.IsType<FarspanModel>(outcome.Model);
    }

    /// <summary>Takes the mark '§' out of a text and says where it stood.</summary>
    public static (string Text, ConfigurationPlace Place) TakeMark(string marked)
    {
        var index = marked.IndexOf('§');
        var before = marked[..index];
        var line = before.Count(c => c == '\n') + 1;
        return (
            marked.Remove(index, 1), new ConfigurationPlace(File, line, index - before.LastIndexOf('\n')));
    }

    /// <summary>The path of a file of the repository.</summary>
    public static string InRepository(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "Farspan.slnx")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? "", path);
    }
}
