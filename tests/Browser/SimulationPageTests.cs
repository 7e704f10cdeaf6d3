using Farspan.Interop.Tests;

namespace Farspan.Browser.Tests;

/// <summary>The page of <c>farspan simulate --html</c>, opened from a file as a person would.</summary>
public sealed class SimulationPageTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [NeedsFact(Programs.Chromium)]
    public async Task BreakingThings_ChangesPathsAndTimes_WithMouseAndKeyboard()
    {
        using var folder = new ScratchFolder();
        var file = await SimulateAsync(folder);
        await using var browser = await Chromium.OpenAsync(new Uri($"file://{file}"));
        var page = browser.Page;
        await Eventually.TrueAsync(
            async () => await TextAsync(page, "#outcome .big") == "New calls notice nothing",
            Soon,
            () => "the page");

        await page.EvaluateAsync($"{Thing("link/east/a")}.dispatchEvent(new Event('click'))");
        Assert.Equal("New calls again after 4 s", await TextAsync(page, "#outcome .big"));
        Assert.True(await IsDeadAsync(page, "link/east/a"));
        Assert.Contains("link/east/a", await TextAsync(page, "#broken"), StringComparison.Ordinal);

        await page.EvaluateAsync(
            $"{Thing("link/east/b")}.dispatchEvent(new KeyboardEvent('keydown', {{ key: 'Enter' }}))");
        Assert.True(await IsDeadAsync(page, "link/east/b"));
        Assert.Contains("peering/us-east-1/us-west-2", await TextAsync(page, "#flows"), StringComparison.Ordinal);

        await page.EvaluateAsync("document.querySelector('#broken button').click()");
        await page.EvaluateAsync("document.querySelector('#broken button').click()");
        Assert.Equal("Nothing is broken.", await TextAsync(page, "#broken"));
        Assert.Empty(page.Faults);
    }

    [NeedsFact(Programs.Chromium)]
    public async Task EveryObjectiveAndTheWholeMatrix_AreThere()
    {
        using var folder = new ScratchFolder();
        var file = await SimulateAsync(folder);
        await using var browser = await Chromium.OpenAsync(new Uri($"file://{file}#links/east"));
        await Eventually.TrueAsync(
            async () => await TextAsync(browser.Page, "#broken") == "links/east ×", Soon, () => "the page");

        Assert.Equal(2, (int?)await browser.Page.EvaluateAsync(
            "document.querySelectorAll('#objectives summary').length"));
        Assert.True((bool?)await browser.Page.EvaluateAsync(
            "document.getElementById('matrix').width === cellSize() * data.elements.length"));
        Assert.Equal(0, (int?)await browser.Page.EvaluateAsync("performance.getEntriesByType('resource').length"));
        Assert.Empty(browser.Page.Faults);
    }

    private static async Task<string> SimulateAsync(ScratchFolder folder)
    {
        var file = folder.File("page.html");
        var sample = Path.Combine(Repository.Root, "samples", "two-regions-cci.yaml");
        await using var farspan = ChildProcess.Start(
            "dotnet", [Repository.FarspanDll, "simulate", sample, "--html", file]);
        Assert.Equal(0, await farspan.EndAsync(Soon));
        return file;
    }

    private static async Task<string?> TextAsync(DevToolsPage page, string selector) =>
        (string?)await page.EvaluateAsync($"document.querySelector('{selector}')?.textContent ?? null");

    private static async Task<bool> IsDeadAsync(DevToolsPage page, string element) =>
        (bool?)await page.EvaluateAsync(
            $"{Thing(element)}.classList.contains('dead')") == true;

    private static string Thing(string id) => $"document.querySelector('[aria-label=\"{id}\"]')";
}
