using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Farspan.LabRun;

namespace Farspan.Cli;

/// <summary>One run of <c>farspan lab</c>: starts it, shows it, places the calls, ends it, and says how it went.</summary>
internal sealed class LabSession(LabOptions options, bool isJson)
{
    private static readonly JsonSerializerOptions Line = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // read by people and tools, never put into HTML
    };

    /// <summary>Progress: beside the JSON where that is wanted.</summary>
    private TextWriter Progress => isJson ? Console.Error : Console.Out;

    public async Task<int> RunAsync(CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, End);
        try
        {
            await Progress.WriteLineAsync("Starting the lab ...");
            await using var lab = await RunningLab.StartAsync(options, Program(), ending.Token);
            return options.Calls is null ? await StayAsync(lab, ending.Token) : await CallAsync(lab, ending);
        }
        catch (LabException fault)
        {
            await Console.Error.WriteLineAsync($"farspan lab: {fault.Message}");
            return 1;
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return 0;
        }

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            ending.Cancel();
        }
    }

    private static LabProgram Program() =>
        LabProgram.Current(Path.Combine(AppContext.BaseDirectory, "farspan.dll"));

    /// <summary>Until Ctrl-C, or until a child ends by itself.</summary>
    private async Task<int> StayAsync(RunningLab lab, CancellationToken stop)
    {
        if (isJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(lab.Addresses, Line));
            await Task.WhenAny(lab.Broken, stop.WhenCancelledAsync());
        }
        else
        {
            LabScreen.ShowAddresses(lab.Addresses);
            await LabScreen.WatchAsync(lab, lab.Broken, stop);
        }

        return lab.Broken.IsCompleted ? await ExplainAsync(lab) : 0;
    }

    private async Task<int> CallAsync(RunningLab lab, CancellationTokenSource ending)
    {
        foreach (var note in lab.Addresses.Notes)
        {
            await Progress.WriteLineAsync(note);
        }

        await Progress.WriteLineAsync($"Placing {options.Calls} calls to {lab.Addresses.Sip}");
        var running = lab.RunCallsAsync(ending.Token);
        var over = Task.WhenAny(running, lab.Broken);
        await (isJson ? LabScreen.WriteLinesAsync(lab, Progress, over) : LabScreen.WatchAsync(lab, over, CancellationToken.None));
        if (!running.IsCompleted)
        {
            await ending.CancelAsync();
        }

        var result = await running;
        if (!result.Passed)
        {
            LabScreen.ShowFailures(result, lab.Addresses, Progress);
        }

        Console.WriteLine(result.ToJson());
        return result.Passed ? 0 : 1;
    }

    private static async Task<int> ExplainAsync(RunningLab lab)
    {
        await Console.Error.WriteLineAsync($"farspan lab: a part of the lab ended by itself.{await lab.Broken}");
        return 1;
    }
}
