using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Farspan.Bench;

/// <summary><c>./farspan lab</c> as a child, with the JSON objects that it prints.</summary>
internal sealed partial class LabProcess : IDisposable
{
    private const int Terminate = 15;

    private readonly Process _process;

    /// <param name="arguments">What comes after <c>farspan lab --json</c>.</param>
    public LabProcess(params ReadOnlySpan<string> arguments) =>
        _process = Process.Start(new ProcessStartInfo(
            RepositoryRoot.Combine("farspan"), ["lab", "--json", .. arguments])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = RepositoryRoot.Path,
        })!;

    public int Id => _process.Id;

    public bool HasSucceeded => _process.ExitCode == 0;

    /// <summary>Waits for the next JSON object; null if the lab ended without another.</summary>
    public JsonObject? ReadObject()
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith('{') && JsonNode.Parse(line) is JsonObject result)
            {
                return result;
            }
        }

        _process.WaitForExit();
        return null;
    }

    /// <summary>Reads to the end and returns the last JSON object.</summary>
    public JsonObject? ReadLastObject()
    {
        JsonObject? last = null;
        while (ReadObject() is { } next)
        {
            last = next;
        }

        return last;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _ = Kill(_process.Id, Terminate);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
