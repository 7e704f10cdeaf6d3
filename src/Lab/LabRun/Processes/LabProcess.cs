using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Farspan.LabRun;

/// <summary>
/// A child of the lab: what it prints goes to its log file; it is asked to end with SIGTERM and, after
/// <see cref="LabLimits.StopPatience"/>, killed by its id.
/// </summary>
internal sealed class LabProcess : IAsyncDisposable
{
    private readonly string _name;
    private readonly string _logFile;
    private readonly Process _process;
    private readonly StreamWriter _log;
    private readonly Lock _writing = new();
    private readonly TaskCompletionSource<JsonObject?> _firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _copying;

    private LabProcess(string name, string logFile, ProcessStartInfo start)
    {
        (_name, _logFile) = (name, logFile);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.RedirectStandardInput = true;
        _log = new StreamWriter(logFile) { AutoFlush = true };
        _process = Process.Start(start) ?? throw new LabException($"{name} did not start: {start.FileName}");
        _process.StandardInput.Close();
        _copying = Task.WhenAll(
            CopyAsync(_process.StandardOutput, isOutput: true), CopyAsync(_process.StandardError, isOutput: false));
    }

    public string LogFile => _logFile;

    /// <summary>Completes when the child ends, wanted or not.</summary>
    public Task Exited => _process.WaitForExitAsync();

    /// <summary>Starts a child in a session of its own: Ctrl-C at the terminal reaches the lab alone, which ends its children in order.</summary>
    /// <exception cref="LabException">The system cannot start it.</exception>
    public static LabProcess Start(string name, string logFile, ProcessStartInfo start)
    {
        start.ArgumentList.Insert(0, start.FileName);
        start.FileName = "setsid";
        try
        {
            return new LabProcess(name, logFile, start);
        }
        catch (System.ComponentModel.Win32Exception fault)
        {
            throw new LabException($"{name} did not start: {fault.Message} (setsid is in Debian's util-linux)");
        }
    }

    /// <summary>Waits for the JSON line by which the child says that it is ready.</summary>
    /// <exception cref="LabException">It ended first, or took too long.</exception>
    public async Task<JsonObject> WaitUntilReadyAsync(CancellationToken stop)
    {
        try
        {
            return await _firstLine.Task.WaitAsync(LabLimits.StartPatience, stop).ConfigureAwait(false)
                ?? throw new LabException($"{_name} ended before it was ready.{Explain()}");
        }
        catch (TimeoutException)
        {
            throw new LabException(
                $"{_name} was not ready within {LabLimits.StartPatience.TotalSeconds:F0} s.{Explain()}");
        }
    }

    /// <summary>The end of the log, and where the rest is.</summary>
    public string Explain()
    {
        lock (_writing)
        {
            var lines = File.ReadAllLines(_logFile);
            var shown = string.Join('\n', lines.TakeLast(LabLimits.LogLinesShown).Select(line => $"  | {line}"));
            return $" Its log, {_logFile}, ends so:\n{shown}";
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            UnixSignal.SendTerminate(_process.Id);
        }

        try
        {
            await Exited.WaitAsync(LabLimits.StopPatience).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _process.Kill();
            await Exited.ConfigureAwait(false);
        }

        await _copying.ConfigureAwait(false);
        await _log.DisposeAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    private async Task CopyAsync(StreamReader reader, bool isOutput)
    {
        while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            lock (_writing)
            {
                _log.WriteLine(line);
            }

            if (isOutput && TryReadObject(line) is { } ready)
            {
                _firstLine.TrySetResult(ready);
            }
        }

        if (isOutput)
        {
            _firstLine.TrySetResult(null);
        }
    }

    private static JsonObject? TryReadObject(string line)
    {
        if (!line.StartsWith('{'))
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(line) as JsonObject;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
