using System.Globalization;
using Farspan.LabRun;
using Spectre.Console;

namespace Farspan.Cli;

/// <summary>What <c>farspan lab</c> shows: a table that lives where there is a terminal, else a line where something changed.</summary>
internal static class LabScreen
{
    /// <summary>Columns where nobody's window limits them: paths stay in one piece.</summary>
    private const int UnboundedWidth = 240;

    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(1);

    public static void ShowAddresses(LabAddresses addresses)
    {
        var table = new Table().HideHeaders().Border(TableBorder.None).AddColumn("").AddColumn("");
        Row(table, "call", addresses.Sip);
        Row(table, "or", addresses.SipTls);
        Row(table, "agent", addresses.AgentPage);
        Row(table, "admin", $"{addresses.Admin} ({addresses.AdminUser}; password in {addresses.AdminPasswordFile})");
        Row(table, "Connect", addresses.Connect);
        Row(table, "metrics", addresses.Metrics);
        Row(table, "files", addresses.Folder);
        foreach (var note in addresses.Notes)
        {
            Row(table, "note", note);
        }

        Row(table, "end", "Ctrl-C");
        Console.WriteLine("The lab is up.");
        AnsiConsole.Write(table);
    }

    /// <summary>Draws anew each second until something completes or it is told to stop.</summary>
    public static async Task WatchAsync(RunningLab lab, Task until, CancellationToken stop)
    {
        if (Console.IsOutputRedirected)
        {
            await WriteLinesAsync(lab, Console.Out, WhenAnyOf(until, stop));
            return;
        }

        var over = WhenAnyOf(until, stop);
        await AnsiConsole.Live(new Text("")).StartAsync(async live =>
        {
            while (!over.IsCompleted)
            {
                live.UpdateTarget(Draw(await lab.LookAsync(CancellationToken.None)));
                await PauseAsync(over);
            }
        });
    }

    /// <summary>Writes a line each second in which something changed.</summary>
    public static async Task WriteLinesAsync(RunningLab lab, TextWriter output, Task until)
    {
        var last = "";
        while (!until.IsCompleted)
        {
            var line = Describe(await lab.LookAsync(CancellationToken.None));
            if (line != last)
            {
                await output.WriteLineAsync(line);
                last = line;
            }

            await PauseAsync(until);
        }
    }

    public static void ShowFailures(LabResult result, LabAddresses addresses, TextWriter output)
    {
        var table = new Table().AddColumn("check that failed").AddColumn("found").AddColumn("look at");
        foreach (var failure in result.Failures)
        {
            Row(table, failure.Check, failure.Found, failure.Look);
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = UnboundedWidth;
        }

        console.Write(table);
        output.WriteLine($"The logs of this run are kept in {addresses.Folder}");
    }

    private static void Row(Table table, params string[] cells) =>
        table.AddRow([.. cells.Select(cell => new Text(cell))]);

    private static Table Draw(LabSnapshot snapshot)
    {
        var table = new Table().HideHeaders().AddColumn("").AddColumn("");
        Row(table, "carrier", $"{snapshot.ActiveCalls} active, {snapshot.TalkingCalls} talking");
        Row(table, "ended", Results(snapshot));
        Row(table, "set-up", $"p50 {Number(snapshot.SetupMs.P50)} ms, p95 {Number(snapshot.SetupMs.P95)} ms");
        Row(table, "loss", $"{Number(snapshot.LossPercent)} %");
        Row(table, "connector", snapshot.Connector is { } connector
            ? $"{connector.Calls} calls, {connector.Ringing} ringing"
            : "does not answer");
        Row(table, "quota", snapshot.Connector is { } quota
            ? $"{quota.QuotaLeft} calls left, {quota.Waiting} waiting"
            : "");
        foreach (var happened in snapshot.Events)
        {
            Row(table, happened.At.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture), happened.Text);
        }

        return table;
    }

    private static string Describe(LabSnapshot snapshot) =>
        $"active {snapshot.ActiveCalls}, talking {snapshot.TalkingCalls}, ended: {Results(snapshot)}"
        + $"; set-up p50 {Number(snapshot.SetupMs.P50)} ms p95 {Number(snapshot.SetupMs.P95)} ms"
        + $"; loss {Number(snapshot.LossPercent)} %; quota left {snapshot.Connector?.QuotaLeft.ToString() ?? "?"}";

    private static string Results(LabSnapshot snapshot) => snapshot.Results.Count == 0
        ? "none"
        : string.Join(", ", snapshot.Results.OrderBy(each => each.Key).Select(each => $"{each.Value} {each.Key}"));

    private static string Number(double? value) => value?.ToString("0.#", CultureInfo.InvariantCulture) ?? "-";

    private static Task WhenAnyOf(Task until, CancellationToken stop) =>
        Task.WhenAny(until, stop.WhenCancelledAsync());

    private static Task PauseAsync(Task over) => Task.WhenAny(over, Task.Delay(RefreshInterval));
}
