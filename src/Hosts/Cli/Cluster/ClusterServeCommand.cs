using System.CommandLine;
using System.Net;
using Farspan.Configuration;
using Farspan.Kernel;
using Farspan.Node;
using Farspan.Observability;
using Farspan.Store;
using Farspan.Topology;
using Microsoft.Extensions.Logging;

namespace Farspan.Cli;

/// <summary>
/// <c>farspan cluster serve</c>: a node's store, its replication and, where its key is, the authority,
/// without calls: a witness, or the place where others join.
/// </summary>
internal static class ClusterServeCommand
{
    private static readonly Option<DirectoryInfo> Folder = ClusterOptions.Folder();
    private static readonly Option<bool> Json = ClusterOptions.Json();

    private static readonly Option<string> Listen = new("--listen")
    {
        Description = "Address and port; port 0 takes a free one.",
        HelpName = "ADDRESS:PORT",
        DefaultValueFactory = _ => "127.0.0.1:7443",
    };

    private static readonly Option<string> Advertise = new("--advertise")
    {
        Description = "How other nodes reach it, such as https://192.0.2.1:7443, if not where it listens.",
    };

    private static readonly Option<string[]> Peers = new("--peer")
    {
        Description = "Another node, such as https://192.0.2.2:7443; the others are learnt from it.",
    };

    private static readonly Option<FileInfo> Store = new("--store")
    {
        Description = "The file of the built-in store; by default store.db beside the folder.",
    };

    private static readonly Option<string> Postgres = new("--postgres")
    {
        Description = "The connection string of the region's PostgreSQL instead: env:NAME or file:/path.",
    };

    public static Command Create()
    {
        var command = new Command("serve", "Keep and replicate the cluster's memory, without calls.")
        {
            Folder, Json, Listen, Advertise, Peers, Store, Postgres,
        };
        command.SetAction((arguments, stop) => RunAsync(
            arguments, new CommandOutput(Console.Out, Console.Error, arguments.GetValue(Json)), stop));
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult arguments, CommandOutput output, CancellationToken stop)
    {
        if (!TryReadSettings(arguments, out var settings, out var fault))
        {
            output.SayFailure(fault, "farspan cluster serve --help tells what the options take.");
            return ExitCode.Failure;
        }

        await using var errorStream = Console.OpenStandardError();
        using var writer = new LogWriter(errorStream);
        var logging = new LoggingModel(
            LogSeverity.Information, output.IsJson ? LogFormat.Json : LogFormat.Text, ShowsPersonalData: false);
        using var log = new LineLoggerProvider(writer, logging, TimeProvider.System);
        try
        {
            await using var node = await ClusterNode.StartAsync(settings!, log);
            var identity = node.Credentials.Current.Identity;
            output.Say(
                new ClusterServeReady(
                    identity.Cluster, identity.Region, identity.Node, node.Address, Environment.ProcessId),
                ClusterJson.Default.ClusterServeReady,
                [$"{identity.Node} of {identity.Cluster}: replication on {node.Address}. Ctrl-C ends it."]);
            await stop.WhenCancelledAsync();
            return ExitCode.Success;
        }
        catch (NodeStartException failure)
        {
            output.SayFailure(failure);
            return ExitCode.CannotStart;
        }
    }

    private static bool TryReadSettings(
        ParseResult arguments, out ClusterNodeSettings? settings, out string fault)
    {
        settings = null;
        fault = "";
        var folder = arguments.GetRequiredValue(Folder).FullName;
        PostgresStoreSettings? postgres = null;
        if (!IPEndPoint.TryParse(arguments.GetRequiredValue(Listen), out var listen))
        {
            fault = $"{arguments.GetValue(Listen)} is no address and port";
            return false;
        }

        if (arguments.GetValue(Postgres) is { } reference
            && !TryReadPostgres(reference, out postgres, out fault))
        {
            return false;
        }

        settings = new ClusterNodeSettings
        {
            Folder = folder,
            Listen = listen,
            Advertise = arguments.GetValue(Advertise),
            Seeds = [.. arguments.GetValue(Peers) ?? []],
            StorePath = arguments.GetValue(Store)?.FullName ?? Path.Combine(folder, "..", "store.db"),
            Postgres = postgres,
        };
        return true;
    }

    private static bool TryReadPostgres(string text, out PostgresStoreSettings? postgres, out string fault)
    {
        SecretReference? reference = text switch
        {
            ['e', 'n', 'v', ':', .. var name] => new SecretReference.Variable(name),
            ['f', 'i', 'l', 'e', ':', .. var path] => new SecretReference.InFile(path),
            _ => null,
        };
        postgres = null;
        if (reference is null)
        {
            fault = "--postgres takes env:NAME or file:/path: a password does not belong on a command line";
            return false;
        }

        if (!SecretResolver.OfProcess.TryResolve(reference, out var secret, out var reason))
        {
            fault = reason;
            return false;
        }

        postgres = new PostgresStoreSettings(new Redacted<string>(secret.Value.Reveal()));
        fault = "";
        return true;
    }
}
