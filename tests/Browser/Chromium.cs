using System.Text.Json.Nodes;
using Farspan.Interop.Tests;

namespace Farspan.Browser.Tests;

/// <summary>A headless Chromium with one page, a private profile, and a microphone that only beeps.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private const string Announcement = "DevTools listening on ";
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(30);

    private readonly ScratchFolder _profile;
    private readonly ChildProcess _process;

    private Chromium(ScratchFolder profile, ChildProcess process, DevToolsPage page)
    {
        _profile = profile;
        _process = process;
        Page = page;
    }

    public DevToolsPage Page { get; }

    public static async Task<Chromium> OpenAsync(Uri address)
    {
        var profile = new ScratchFolder();
        var process = ChildProcess.Start(
            Programs.Find(Programs.Chromium)!,
            [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--disable-dev-shm-usage", "--disable-extensions", "--mute-audio",
                "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
                "--autoplay-policy=no-user-gesture-required", "--remote-debugging-port=0",
                $"--user-data-dir={profile.Path}", "about:blank",
            ]);
        try
        {
            var line = await process.LineAsync(
                each => each.StartsWith(Announcement, StringComparison.Ordinal), StartsWithin);
            var target = await FindPageAsync(new Uri(line[Announcement.Length..]));
            var page = await DevToolsPage.ConnectAsync(target);
            await page.NavigateAsync(address);
            return new Chromium(profile, process, page);
        }
        catch
        {
            await process.DisposeAsync();
            profile.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Page.DisposeAsync();
        await _process.DisposeAsync();
        _profile.Dispose();
    }

    private static async Task<Uri> FindPageAsync(Uri browser)
    {
        using var http = new HttpClient();
        var page = await Eventually.FoundAsync(
            async () => JsonNode.Parse(await http.GetStringAsync($"http://{browser.Authority}/json/list"))!
                .AsArray()
                .FirstOrDefault(target => (string?)target!["type"] == "page"),
            StartsWithin,
            "a page in Chromium");
        return new Uri((string)page["webSocketDebuggerUrl"]!);
    }
}
