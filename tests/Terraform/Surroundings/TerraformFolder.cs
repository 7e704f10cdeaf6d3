using System.Diagnostics;

namespace Farspan.Terraform.Tests;

/// <summary>A folder with a configuration, and Terraform with the stub providers in it.</summary>
/// <param name="providers">Providers that are running; null: Terraform starts its own, as it starts real ones.</param>
internal sealed class TerraformFolder(RunningProviders? providers = null) : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("farspan-terraform-").FullName;

    public string Path => Directory.CreateDirectory(System.IO.Path.Combine(_root, "configuration")).FullName;

    private string RcPath => System.IO.Path.Combine(_root, "terraform.rc");

    public void Write(string file, string text)
    {
        var path = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>Runs a command; both streams are in the output.</summary>
    public async Task<TerraformOutcome> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(TerraformProgram.Path!, arguments)
        {
            WorkingDirectory = Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (providers is null)
        {
            OverrideProviders();
            start.Environment["TF_CLI_CONFIG_FILE"] = RcPath;
        }
        else
        {
            start.Environment["TF_REATTACH_PROVIDERS"] = providers.Addresses;
        }

        start.Environment["TF_IN_AUTOMATION"] = "true";
        start.Environment["CHECKPOINT_DISABLE"] = "true";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new TerraformOutcome(process.ExitCode, await output + await error);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private void OverrideProviders()
    {
        var plugins = System.IO.Path.Combine(_root, "plugins");
        Directory.CreateDirectory(plugins);
        foreach (var provider in new[] { "aws", "google" })
        {
            AddProvider(plugins, provider);
        }

        // OpenTofu looks for the same names in a registry of its own.
        File.WriteAllText(RcPath, $$"""
            provider_installation {
              dev_overrides {
                "hashicorp/aws"    = "{{plugins}}"
                "hashicorp/google" = "{{plugins}}"
                "registry.opentofu.org/hashicorp/aws"    = "{{plugins}}"
                "registry.opentofu.org/hashicorp/google" = "{{plugins}}"
              }
            }
            """);
    }

    private static void AddProvider(string folder, string provider)
    {
        var program = System.IO.Path.Combine(AppContext.BaseDirectory, "Farspan.StubProvider");
        var script = System.IO.Path.Combine(folder, $"terraform-provider-{provider}");
        File.WriteAllText(script, $"#!/bin/sh\nexec '{program}' serve {provider}\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}

/// <summary>How a command of Terraform ended.</summary>
internal sealed record TerraformOutcome(int ExitCode, string Output)
{
    public void RequireSuccess() => Assert.True(ExitCode == 0, Output);

    public void RequireFailure(string expected)
    {
        Assert.NotEqual(0, ExitCode);
        Assert.Contains(expected, Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }
}
