using System.Diagnostics;
using System.Text.Json;

namespace Farspan.Terraform.Tests;

/// <summary>Both stub providers, running: Terraform starts a process for every alias and command otherwise.</summary>
public sealed class RunningProviders : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("farspan-providers-").FullName;
    private readonly List<Process> _processes = [];

    /// <summary>For TF_REATTACH_PROVIDERS, of Terraform and of OpenTofu.</summary>
    internal string Addresses { get; private set; } = "";

    public async Task InitializeAsync()
    {
        var addresses = new Dictionary<string, object>();
        foreach (var provider in new[] { "aws", "google" })
        {
            var socket = Path.Combine(_folder, provider);
            var process = Process.Start(new ProcessStartInfo(
                Path.Combine(AppContext.BaseDirectory, "Farspan.StubProvider"), ["serve", provider, socket])
            {
                RedirectStandardOutput = true,
            })!;
            _processes.Add(process);
            Assert.Equal("ready", await process.StandardOutput.ReadLineAsync());
            var address = new
            {
                Protocol = "grpc",
                ProtocolVersion = 5,
                Pid = process.Id,
                Test = true,
                Addr = new { Network = "unix", String = socket },
            };
            addresses[$"registry.terraform.io/hashicorp/{provider}"] = address;
            addresses[$"registry.opentofu.org/hashicorp/{provider}"] = address;
        }

        Addresses = JsonSerializer.Serialize(addresses);
    }

    public Task DisposeAsync()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }
}
