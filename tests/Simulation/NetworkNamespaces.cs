using System.Diagnostics;

namespace Farspan.Simulation.Tests;

/// <summary>Network namespaces of one test, with a prefix of their own; all of them go when it ends.</summary>
internal sealed class NetworkNamespaces : IAsyncDisposable
{
    private readonly string _prefix = $"fs{Environment.ProcessId:x}{Guid.NewGuid().ToString("N")[..4]}";
    private readonly List<string> _names = [];

    public async Task<string> AddAsync(string purpose)
    {
        var name = $"{_prefix}-{purpose.Replace('/', '-')}";
        _names.Add(name);
        await RunAsync("ip", ["netns", "add", name]);
        await RunAsync("ip", ["-n", name, "link", "set", "lo", "up"]);
        string[] settings =
        [
            "net.ipv4.ip_forward=1", "net.ipv4.conf.all.rp_filter=0", "net.ipv4.conf.default.rp_filter=0",
            "net.ipv4.fib_multipath_hash_policy=1", "net.ipv4.conf.all.send_redirects=0",
        ];
        await RunAsync("ip", ["netns", "exec", name, "sysctl", "-qw", .. settings]);
        return name;
    }

    /// <summary>Runs a program to its end and returns what it said.</summary>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, string input = "")
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(
            process.ExitCode == 0, $"{program} {string.Join(' ', start.ArgumentList)} failed: {error}\n{input}");
        return await output;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var name in _names.Where(name => File.Exists($"/run/netns/{name}")))
        {
            await RunAsync("ip", ["netns", "delete", name]);
        }
    }
}
