using Farspan.Interop.Tests;

namespace Farspan.Browser.Tests;

/// <summary>Sees to it that the agent page is built and lies where the emulator serves it from.</summary>
internal static class AgentPageFiles
{
    private const string Npm = "npm";
    private static readonly TimeSpan BuildsWithin = TimeSpan.FromMinutes(3);

    private static readonly string Source =
        Path.Combine(Repository.Root, "src", "Lab", "AgentPage", "wwwroot");

    private static readonly string Served =
        Path.Combine(Path.GetDirectoryName(Repository.FarspanDll)!, "AgentPage");

    /// <summary>What the tests of the page need besides; npm only where the page is not built.</summary>
    public static string[] Needs =>
        Exists(Source) || Exists(Served) ? [Programs.Chromium] : [Programs.Chromium, Npm];

    public static async Task ProvideAsync()
    {
        if (Exists(Served))
        {
            return;
        }

        if (!Exists(Source))
        {
            await using var build = ChildProcess.Start(
                Path.Combine(Repository.Root, "eng", "build-agent-page"), []);
            Assert.True(await build.EndAsync(BuildsWithin) == 0, build.Output);
        }

        Directory.CreateDirectory(Served);
        foreach (var file in Directory.GetFiles(Source))
        {
            File.Copy(file, Path.Combine(Served, Path.GetFileName(file)), overwrite: true);
        }
    }

    private static bool Exists(string folder) => File.Exists(Path.Combine(folder, "index.html"));
}
