using System.Text.Json;

namespace Farspan.Cli.Tests;

/// <summary><c>farspan render</c>, as it is called.</summary>
public sealed class RenderCommandTests : IDisposable
{
    private const string Sample = "samples/two-regions-cci.yaml";
    private const string Guide = "samples/guide-as-written.yaml";
    private readonly string _folder = Directory.CreateTempSubdirectory("farspan-render-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ASecondRendering_ChangesNothing()
    {
        var first = await RenderAsync(Sample, "--json");
        var written = File.GetLastWriteTimeUtc(Path.Combine(_folder, "terraform/main.tf"));

        var second = await RenderAsync(Sample, "--json");

        Assert.Equal(0, first.ExitCode);
        Assert.Contains("new terraform/main.tf", Changes(first.Output));
        Assert.Equal(0, second.ExitCode);
        Assert.Empty(Changes(second.Output));
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(_folder, "terraform/main.tf")));
    }

    [Fact]
    public async Task FilesOfAnEarlierRendering_AreRemoved_AndNothingElse()
    {
        await RenderAsync(Sample);
        var outside = Path.Combine(Path.GetDirectoryName(_folder)!, Path.GetFileName(_folder) + "-outside");
        await File.WriteAllTextAsync(outside, "");
        await File.WriteAllTextAsync(Path.Combine(_folder, "notes.txt"), "");
        await File.AppendAllTextAsync(Path.Combine(_folder, ".farspan-rendered"), $"../{Path.GetFileName(outside)}\n");

        var (exitCode, output, _) = await RenderAsync("samples/two-regions-ha-vpn.yaml", "--json");

        Assert.Equal(0, exitCode);
        Assert.Contains("removed terraform/modules/east-links/direct-connect.tf", Changes(output));
        Assert.False(File.Exists(Path.Combine(_folder, "terraform/modules/east-links/direct-connect.tf")));
        Assert.True(File.Exists(Path.Combine(_folder, "notes.txt")));
        Assert.True(File.Exists(outside));
        File.Delete(outside);
    }

    [Fact]
    public async Task ADesignWithErrors_IsRefused_UnlessForced()
    {
        var (exitCode, _, error) = await RenderAsync(Guide);
        var isEmpty = !Directory.EnumerateFileSystemEntries(_folder).Any();

        var forced = await RenderAsync(Guide, "--force");

        Assert.Equal(2, exitCode);
        Assert.Contains("error TGW-001", error, StringComparison.Ordinal);
        Assert.True(isEmpty);
        Assert.Equal(0, forced.ExitCode);
        Assert.True(File.Exists(Path.Combine(_folder, "terraform/main.tf")));
    }

    [Fact]
    public async Task AFileWithoutANetwork_SaysWhatIsMissing()
    {
        var (exitCode, _, error) = await RenderAsync("samples/connector.yaml");

        Assert.Equal(2, exitCode);
        Assert.Contains("describes no network", error, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output, string Error)> RenderAsync(string file, params string[] more) =>
        FarspanProcess.RunAsync(["render", file, "--out", _folder, .. more]);

    private static IEnumerable<string?> Changes(string output) =>
        JsonDocument.Parse(output).RootElement.GetProperty("changes").EnumerateArray().Select(c => c.GetString());
}
