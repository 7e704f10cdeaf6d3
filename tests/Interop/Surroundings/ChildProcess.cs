using System.Collections.Concurrent;
using System.Diagnostics;

namespace Farspan.Interop.Tests;

/// <summary>
/// A program that a test started: what it said, and its end, which comes at the latest with the test's.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int RememberedLines = 400;
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    private ChildProcess(Process process) => _process = process;

    /// <summary>What it wrote last on both streams.</summary>
    public string Output => string.Join('\n', _lines);

    public bool HasExited => _process.HasExited;

    public static ChildProcess Start(string program, IEnumerable<string> arguments, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder ?? Directory.GetCurrentDirectory(),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = new Process { StartInfo = start };
        var child = new ChildProcess(process);
        process.OutputDataReceived += (_, line) => child.Remember(line.Data);
        process.ErrorDataReceived += (_, line) => child.Remember(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Waits for what it says; fails if it ends without saying so.</summary>
    public async Task<string> LineAsync(Func<string, bool> isIt, TimeSpan within)
    {
        string? Find() => _lines.FirstOrDefault(isIt);
        await Eventually.TrueAsync(
            () => Find() is not null || _process.HasExited,
            within,
            () => $"the line of interest in\n{Output}");
        return Find() ?? throw new InvalidOperationException($"It ended, saying\n{Output}");
    }

    /// <summary>Waits for its end by itself and returns its exit code.</summary>
    public async Task<int> EndAsync(TimeSpan within)
    {
        await Eventually.TrueAsync(() => _process.HasExited, within, () => $"its end; it said\n{Output}");
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>Gives it time to end by itself; false if it did not.</summary>
    public async Task<bool> EndsAsync(TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Asks it to end (SIGTERM), and after a time makes it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var kill = Process.Start("/bin/kill", ["-TERM", $"{_process.Id}"]);
            await kill.WaitForExitAsync();
            if (!await EndsAsync(EndsWithin))
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync();
            }
        }

        _process.Dispose();
    }

    private void Remember(string? line)
    {
        if (line is null)
        {
            return;
        }

        _lines.Enqueue(line);
        if (_lines.Count > RememberedLines)
        {
            _lines.TryDequeue(out _);
        }
    }
}
