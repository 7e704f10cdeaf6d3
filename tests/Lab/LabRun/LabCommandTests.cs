using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Farspan.LabRun.Tests;

/// <summary>The program itself: <c>farspan lab</c> with its children, over loopback.</summary>
public sealed class LabCommandTests : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "farspan.dll");

    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(2));
    private Process? _program;

    /// <summary>A program that a failed test leaves behind is asked to end, with its children.</summary>
    public void Dispose()
    {
        if (_program is { HasExited: false })
        {
            UnixSignal.SendTerminate(_program.Id);
            _program.WaitForExit(LabLimits.StopPatience * 4);
        }

        _program?.Dispose();
        _patience.Dispose();
    }

    [Fact]
    public async Task Five_calls_are_answered_heard_on_both_sides_and_ended()
    {
        var lab = Start("lab", "--calls", "5", "--talk", "10s", "--json");
        var errors = lab.StandardError.ReadToEndAsync(_patience.Token);
        var output = await lab.StandardOutput.ReadToEndAsync(_patience.Token);
        await lab.WaitForExitAsync(_patience.Token);

        var explanation = $"{output}\n{await errors}";
        Assert.True(lab.ExitCode == 0, explanation);
        var result = JsonNode.Parse(output.TrimEnd().Split('\n')[^1])!.AsObject();
        foreach (var count in new[] { "calls", "answered", "heardByAgent", "heardByCaller", "ended" })
        {
            Assert.True((int?)result[count] == 5, explanation);
        }

        Assert.Equal(0, (int?)result["contactsLeftOpen"]);
        Assert.Equal(0, (int?)result["heardStrangers"]);
        Assert.InRange((double)result["setupMs"]!["p50"]!, 1, 10_000);
        Assert.InRange((double)result["oneWayDelayMs"]!["toAgent"]!["p50"]!, 1, 500);
        Assert.InRange((double)result["oneWayDelayMs"]!["toCaller"]!["p50"]!, 1, 500);
        Assert.InRange((double)result["lossPercent"]!, 0, LabLimits.LossPercentMax);
        Assert.InRange((double)result["mos"]!, 3.5, 4.5);
    }

    [Fact]
    public async Task A_lab_that_stays_up_names_its_addresses_and_ends_with_everything_on_SIGTERM()
    {
        var lab = Start("lab", "--json");
        var line = await lab.StandardOutput.ReadLineAsync(_patience.Token);
        var addresses = JsonNode.Parse(line!)!.AsObject();
        Assert.StartsWith("sip:+18005550100@127.0.0.1:", (string?)addresses["sip"], StringComparison.Ordinal);
        using var http = new HttpClient();
        Assert.Equal("[]", (await http.GetStringAsync((string?)addresses["connect"] + "contacts", _patience.Token)).Trim());
        Assert.Contains("farspan_", await http.GetStringAsync((string?)addresses["metrics"], _patience.Token), StringComparison.Ordinal);

        UnixSignal.SendTerminate(lab.Id);
        await lab.WaitForExitAsync(_patience.Token);

        Assert.Equal(0, lab.ExitCode);
        await Assert.ThrowsAsync<HttpRequestException>(() =>
            http.GetStringAsync((string?)addresses["connect"] + "contacts", _patience.Token));
        Assert.False(Directory.Exists((string?)addresses["folder"]));
    }

    [Theory]
    [InlineData("--calls", "0")]
    [InlineData("--rate", "0")]
    [InlineData("--talk", "soon")]
    [InlineData("--codec", "g729")]
    [InlineData("--quota", "none")]
    public async Task A_wrong_option_is_refused_before_anything_starts(string option, string value)
    {
        var lab = Start("lab", option, value);
        var errors = lab.StandardError.ReadToEndAsync(_patience.Token);
        await lab.StandardOutput.ReadToEndAsync(_patience.Token);
        await lab.WaitForExitAsync(_patience.Token);

        Assert.Equal(1, lab.ExitCode);
        Assert.NotEmpty(await errors);
    }

    private Process Start(params string[] arguments) =>
        _program = Process.Start(new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
