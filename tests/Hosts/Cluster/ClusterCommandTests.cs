using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Farspan.Cli.Tests;

/// <summary>The program itself: a cluster is made, joined and its keys rotated, by processes.</summary>
public sealed class ClusterCommandTests : IAsyncLifetime
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "farspan.dll");

    private readonly string _folder = Directory.CreateTempSubdirectory("farspan-cluster").FullName;
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(2));
    private readonly List<Process> _serving = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var process in _serving)
        {
            using var kill = Process.Start("/bin/kill", ["-TERM", $"{process.Id}"]);
            await kill.WaitForExitAsync();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _patience.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task ANode_JoinsOnceAndARotationReachesItWhileItRuns()
    {
        await RunAsync("init", "eu-1", "--cluster", "test", "--region", "eu", "--node", "eu-1");
        var first = await ServeAsync("eu-1");
        var invitation = await RunAsync("invite", "eu-1", "--region", "us", "--node", "us-1", "--roles", "connector");
        var code = (string)invitation["code"]!;

        var member = await RunAsync("join", "us-1", "--from", first, "--code", code);
        Assert.Equal(
            ["test", "us", "us-1", "connector"],
            new[] { "cluster", "region", "node", "roles" }.Select(key => (string)member[key]!));
        Assert.False((bool)member["hasAuthority"]!);
        Assert.Equal(1, await FailAsync("join", "us-2", "--from", first, "--code", code));

        await ServeAsync("us-1", "--peer", first);
        await RunAsync("rotate", "eu-1", "--in", "1s");
        var generations = 1;
        while (generations < 2)
        {
            var keys = (await RunAsync("show", "us-1"))["keys"]!.AsArray();
            generations = keys.Max(k => (int)k!["generation"]!);
        }
    }

    [Fact]
    public async Task OnlyTheAuthority_InvitesAndRotates()
    {
        await RunAsync("init", "eu-1", "--cluster", "test", "--region", "eu", "--node", "eu-1");
        File.Delete(Path.Combine(_folder, "eu-1", "authority-key.pem"));

        Assert.Equal(1, await FailAsync("invite", "eu-1", "--region", "us", "--node", "us-1"));
        Assert.Equal(1, await FailAsync("rotate", "eu-1"));
        Assert.Equal(1, await FailAsync("init", "eu-1", "--cluster", "test", "--region", "eu", "--node", "eu-1"));
    }

    [Fact]
    public async Task AFolderOfNobody_ServesNothing() =>
        Assert.Equal(3, await FailAsync("serve", "nobody", "--listen", "127.0.0.1:0"));

    [Theory]
    [InlineData("init", "--cluster", "Big")]
    [InlineData("rotate", "--in", "soon")]
    [InlineData("join", "--code", "none")]
    [InlineData("join", "--from", "http://127.0.0.1:1")]
    [InlineData("serve", "--listen", "somewhere")]
    [InlineData("serve", "--postgres", "Host=x;Password=y")]
    public async Task AWrongOption_IsRefused(string command, string option, string value)
    {
        string[] needed = command switch
        {
            "init" => ["--region", "eu", "--node", "eu-1"],
            "join" when option == "--code" => ["--from", "https://127.0.0.1:1"],
            "join" => ["--code", "00000000-00000000-00000000-00000000"],
            _ => [],
        };

        Assert.Equal(1, await FailAsync(command, "nobody", [.. needed, option, value]));
    }

    private async Task<string> ServeAsync(string node, params string[] arguments)
    {
        var process = Start("serve", node, ["--listen", "127.0.0.1:0", .. arguments]);
        _serving.Add(process);
        _ = process.StandardError.ReadToEndAsync(_patience.Token);
        var ready = JsonNode.Parse((await process.StandardOutput.ReadLineAsync(_patience.Token))!)!;
        return (string)ready["address"]!;
    }

    private async Task<JsonObject> RunAsync(string command, string node, params string[] arguments)
    {
        var (code, output, errors) = await EndAsync(command, node, arguments);
        Assert.True(code == 0, errors);
        return JsonNode.Parse(output)!.AsObject();
    }

    private async Task<int> FailAsync(string command, string node, params string[] arguments)
    {
        var (code, output, errors) = await EndAsync(command, node, arguments);
        Assert.NotEqual("", errors);
        Assert.DoesNotContain("   at ", output + errors, StringComparison.Ordinal);
        return code;
    }

    private async Task<(int Code, string Output, string Errors)> EndAsync(
        string command, string node, string[] arguments)
    {
        using var process = Start(command, node, arguments);
        var errors = process.StandardError.ReadToEndAsync(_patience.Token);
        var output = await process.StandardOutput.ReadToEndAsync(_patience.Token);
        await process.WaitForExitAsync(_patience.Token);
        return (process.ExitCode, output, await errors);
    }

    private Process Start(string command, string node, string[] arguments) => Process.Start(new ProcessStartInfo(
        "dotnet",
        [Program, "cluster", command, "--folder", Path.Combine(_folder, node), "--json", .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
