using System.CommandLine;
using Farspan.Configuration;
using Farspan.Node;
using Farspan.Observability;
using Farspan.Topology;

namespace Farspan.Cli;

/// <summary>
/// <c>farspan edge</c>: takes carriers' calls and gives them to connectors until it is told to end.
/// </summary>
internal static class EdgeCommand
{
    private static readonly Option<FileInfo> Config = new("--config", "-c")
    {
        Description = "The configuration, farspan.yaml.",
        DefaultValueFactory = _ => new FileInfo("farspan.yaml"),
    };

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Print one JSON line when calls are taken, and log JSON.",
    };

    public static Command Create()
    {
        var command = new Command(
            "edge", "Face carriers: take their calls, give them to connectors, keep them when a connector dies.")
        {
            Config, Json,
        };
        command.SetAction((arguments, stop) => RunAsync(
            arguments.GetRequiredValue(Config).FullName,
            new CommandOutput(Console.Out, Console.Error, arguments.GetValue(Json)),
            stop));
        return command;
    }

    private static async Task<int> RunAsync(string path, CommandOutput output, CancellationToken stop)
    {
        var (model, findings) = ConfigurationFile.Load(path);
        output.SayFindings(findings);
        if (model is null)
        {
            output.SayFailure($"{path} is not in force", "Correct the errors above; nothing was started.");
            return ExitCode.InvalidConfiguration;
        }

        await using var errorStream = Console.OpenStandardError();
        using var writer = new LogWriter(errorStream);
        var logging = output.IsJson ? model.Logging with { Format = LogFormat.Json } : model.Logging;
        using var log = new LineLoggerProvider(writer, logging, TimeProvider.System);
        return await RunAsync(model, log, output, stop);
    }

    private static async Task<int> RunAsync(
        FarspanModel model, LineLoggerProvider log, CommandOutput output, CancellationToken stop)
    {
        try
        {
            await using var node = await EdgeNode.StartAsync(model, log, stop);
            SayReady(node, model, output);
            await stop.WhenCancelledAsync();
            return ExitCode.Success;
        }
        catch (NodeStartException failure)
        {
            output.SayFailure(failure);
            return ExitCode.CannotStart;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Success;
        }
    }

    private static void SayReady(EdgeNode node, FarspanModel model, CommandOutput output)
    {
        var admin = node.Addresses.Admin[0];
        var ready = new ConnectorReady(
            node.Name,
            ConnectorNode.Version,
            Environment.ProcessId,
            node.Addresses.Sip,
            admin,
            node.Addresses.Admin[^1] + "/metrics",
            model.Admin.User,
            node.DrawnPassword);
        output.Say(ready, CliJson.Default.ConnectorReady, Describe(ready));
    }

    private static IEnumerable<string> Describe(ConnectorReady ready)
    {
        yield return $"Farspan {ready.Version}, node {ready.Node}: calls are taken.";
        yield return $"  SIP      {string.Join("  ", ready.Sip)}";
        yield return $"  admin    {ready.Admin}/api/v1/status";
        yield return $"  metrics  {ready.Metrics}";
        if (ready.AdminPassword is { } password)
        {
            yield return $"  password of {ready.AdminUser}, shown this once: {password}";
        }

        yield return "Ctrl-C ends the calls and then the node.";
    }
}
