using System.CommandLine;
using Farspan.ConnectEmulator;
using Farspan.Native;

namespace Farspan.Cli;

/// <summary><c>farspan emulate connect</c>: an Amazon Connect on this machine, with media, until it is told to end.</summary>
internal static class EmulateCommand
{
    private static readonly Option<string> Listen = new("--listen")
    {
        Description = "Address and port, such as 127.0.0.1:8480; port 0 takes a free one.",
        HelpName = "ADDRESS:PORT",
    };

    private static readonly Option<FileInfo> Settings = new("--settings")
    {
        Description = "A JSON file with settings; GET /settings of a running emulator shows all of them.",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON line when it is ready." };

    public static Command Create()
    {
        var connect = new Command("connect", "Emulate Amazon Connect and Amazon Chime SDK meetings.")
        {
            Listen, Settings, Json,
        };
        connect.SetAction((arguments, stop) => RunAsync(
            arguments.GetValue(Settings)?.FullName,
            arguments.GetValue(Listen),
            new CommandOutput(Console.Out, Console.Error, arguments.GetValue(Json)),
            stop));
        return new Command("emulate", "Run a stand-in for a service, for tests and trying out.") { connect };
    }

    private static async Task<int> RunAsync(string? path, string? listen, CommandOutput output, CancellationToken stop)
    {
        if (!TryReadSettings(path, listen, out var settings, out var fault))
        {
            output.SayFailure(fault, "Correct the settings; docs of each are at GET /settings of a running emulator.");
            return ExitCode.InvalidConfiguration;
        }

        if (!OpusLibrary.IsAvailable)
        {
            output.SayFailure("the Opus library is not installed", "Install it: apt-get install libopus0.");
            return ExitCode.CannotStart;
        }

        try
        {
            await using var media = new MeetingMedia(settings.Media, Console.Error.WriteLine);
            await using var server = await ConnectEmulatorServer.StartAsync(settings, media, stop);
            SayReady(server, settings, output);
            await stop.WhenCancelledAsync();
            return ExitCode.Success;
        }
        catch (IOException error)
        {
            output.SayFailure($"{settings.Url}: {error.Message}", "Stop what uses the port, or name another with --listen.");
            return ExitCode.CannotStart;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Success;
        }
    }

    private static void SayReady(ConnectEmulatorServer server, ConnectEmulatorSettings settings, CommandOutput output)
    {
        var ready = new EmulatorReady(
            server.Url.GetLeftPart(UriPartial.Authority),
            new Uri(server.Url, "/").ToString(),
            settings.Region,
            Environment.ProcessId);
        output.Say(ready, CliJson.Default.EmulatorReady,
        [
            "Amazon Connect is emulated here; nothing of AWS is asked.",
            $"  endpoint  {ready.Url}",
            $"  agents    {ready.AgentPage}",
            $"  region    {ready.Region}",
            "Ctrl-C ends it.",
        ]);
    }

    private static bool TryReadSettings(
        string? path, string? listen, out ConnectEmulatorSettings settings, out string fault)
    {
        settings = new ConnectEmulatorSettings();
        fault = "";
        try
        {
            if (path is not null
                && !EmulatorJson.TryRead(File.ReadAllBytes(path), EmulatorJson.Own, out settings, out fault))
            {
                fault = $"{path}: {fault}";
                return false;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            fault = error.Message;
            return false;
        }

        if (listen is not null)
        {
            var scheme = new Uri(settings.Url).Scheme;
            settings = settings with { Url = listen.Contains("://", StringComparison.Ordinal) ? listen : $"{scheme}://{listen}" };
        }

        fault = settings.FindFault() ?? "";
        return fault.Length == 0;
    }
}
