using System.Globalization;
using Farspan.Simulation;
using Spectre.Console;

namespace Farspan.Cli;

/// <summary>What <c>farspan simulate</c> shows to people.</summary>
internal static class SimulationScreen
{
    /// <summary>Columns where nobody's window limits them.</summary>
    private const int UnboundedWidth = 200;
    private const int WorstPairs = 12;

    /// <summary>Shows progress on a terminal once it takes longer than a moment.</summary>
    public static async Task<SimulationResult> WatchAsync(Func<Action<double>, Task<SimulationResult>> run)
    {
        if (Console.IsErrorRedirected || Console.IsOutputRedirected)
        {
            return await run(_ => { });
        }

        var done = 0.0;
        var work = run(share => Volatile.Write(ref done, share));
        if (await Task.WhenAny(work, Task.Delay(TimeSpan.FromSeconds(2))) == work)
        {
            return await work;
        }

        await AnsiConsole.Progress().HideCompleted(true).StartAsync(async context =>
        {
            var bar = context.AddTask("pairs of failures", maxValue: 1);
            while (!work.IsCompleted)
            {
                bar.Value = Volatile.Read(ref done);
                await Task.WhenAny(work, Task.Delay(TimeSpan.FromMilliseconds(200)));
            }
        });
        return await work;
    }

    /// <summary>One failure, told.</summary>
    public static IEnumerable<string> Describe(
        SimulationModel model, FailureOutcome outcome, FailureDelays delays, ulong seed)
    {
        foreach (var line in new FailureStory(model).Of(outcome))
        {
            yield return line;
        }

        if (DelayPercentiles.Of(delays.NewCalls, seed) is { } drawn && !outcome.NewCalls.IsNone)
        {
            yield return $"New calls, half of the times: {Seconds(drawn.P50)}; nine of ten: {Seconds(drawn.P90)}; "
                + $"99 of a hundred: {Seconds(drawn.P99)}.";
        }
    }

    public static void Show(
        SimulationModel model,
        SimulationResult result,
        CutSets cutSets,
        IReadOnlyCollection<ObjectiveVerdict> verdicts)
    {
        var console = Open();
        foreach (var line in new FailureStory(model).OfNothing())
        {
            console.MarkupLineInterpolated($"[red]Even with nothing failed:[/] {line}");
        }

        var groups = result.Groups.Where(group => group.Failure.Elements.Length > 1);
        console.Write(Table(model, "failure", result.Singles.Concat(groups).Prepend(result.Healthy)));
        if (!result.Pairs.IsEmpty)
        {
            ShowPairs(console, model, result);
        }

        ShowCutSets(console, result, cutSets);
        ShowObjectives(console, verdicts);
    }

    /// <summary>A console with colours where people look, without where machines do.</summary>
    public static IAnsiConsole Open()
    {
        if (!Console.IsOutputRedirected)
        {
            return AnsiConsole.Console;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(Console.Out),
        });
        console.Profile.Width = UnboundedWidth;
        return console;
    }

    public static string Seconds(TimeSpan time) => time == TimeSpan.MaxValue
        ? "never"
        : time.TotalSeconds.ToString("0.##", CultureInfo.InvariantCulture) + " s";

    /// <summary>Failures as rows.</summary>
    public static Table Table(SimulationModel model, string title, IEnumerable<FailureOutcome> outcomes)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns(
            title, "new calls", "expected", "who acts", "established calls", "pause", "network", "capacity");
        foreach (var outcome in outcomes)
        {
            table.AddRow(Row(model, outcome).Select(cell => new Markup(cell)));
        }

        return table;
    }

    private static IEnumerable<string> Row(SimulationModel model, FailureOutcome outcome)
    {
        yield return Markup.Escape(outcome.Failure.Causes.IsEmpty ? "(nothing)" : outcome.Failure.ToString());
        yield return outcome.Level switch
        {
            ServiceLevel.None => "[red]none[/]",
            ServiceLevel.Some => "[red]some lost[/]",
            _ => Colour(outcome.NewCalls, outcome.NewCalls.Worst),
        };
        yield return outcome.Level == ServiceLevel.All ? Seconds(outcome.NewCalls.Expected) : "";
        yield return outcome.NewCallActors == Actors.None
            ? "[grey]nobody[/]"
            : ActorNames.Of(outcome.NewCallActors);
        yield return outcome.Established switch
        {
            CallFate.Untouched => "[green]untouched[/]",
            CallFate.Kept => "[green]kept[/]",
            _ => string.Create(CultureInfo.InvariantCulture, $"[red]{outcome.KeptPercent:0.#} % kept[/]"),
        };
        yield return outcome.Gap.IsNone ? "" : Seconds(outcome.Gap.Worst);
        yield return Colour(outcome.Network, outcome.Network.Worst);
        yield return outcome.Capacity.Calls < model.PeakCalls
            ? $"[red]{outcome.Capacity.Calls}[/] ({outcome.Capacity.Limit})"
            : $"{outcome.Capacity.Calls}";
    }

    private static string Colour(RecoveryTime time, TimeSpan shown) => time.IsNone ? "[green]0 s[/]"
        : time.IsNever ? "[red]never[/]"
        : time.Worst > TimeSpan.FromSeconds(15) ? $"[yellow]{Seconds(shown)}[/]"
        : Seconds(shown);

    private static void ShowPairs(IAnsiConsole console, SimulationModel model, SimulationResult result)
    {
        var outages = result.Pairs.Count(pair => pair.Level == ServiceLevel.None);
        var partial = result.Pairs.Count(pair => pair.Level == ServiceLevel.Some);
        var losing = result.Pairs.Count(pair => pair.Established == CallFate.Lost);
        console.WriteLine(
            $"{result.Pairs.Length} pairs: {outages} stop all new calls, {partial} some of them; "
            + $"{losing} lose established calls.");
        var worst = result.Pairs
            .OrderByDescending(pair => pair.Level).ThenByDescending(pair => pair.NewCalls.Worst)
            .ThenByDescending(pair => pair.Established).ThenBy(pair => pair.Capacity.Calls);
        console.Write(Table(model, "the worst pairs", worst.Take(WorstPairs)));
    }

    private static void ShowCutSets(IAnsiConsole console, SimulationResult result, CutSets cutSets)
    {
        if (cutSets.Sets.IsEmpty && cutSets.Risks.IsEmpty)
        {
            console.WriteLine(result.Pairs.IsEmpty
                ? "No single failure stops all new calls."
                : "No single failure and no pair stops all new calls.");
        }

        foreach (var set in cutSets.Sets.Concat(cutSets.Risks))
        {
            console.MarkupLineInterpolated($"[red]Stops all new calls:[/] {set.ToString()}");
        }
    }

    private static void ShowObjectives(IAnsiConsole console, IEnumerable<ObjectiveVerdict> verdicts)
    {
        foreach (var verdict in verdicts)
        {
            var name = verdict.Objective.Id;
            if (verdict.Holds)
            {
                console.MarkupLineInterpolated($"[green]holds[/]  {name} ({verdict.Checked} failures)");
                continue;
            }

            var share = $"{verdict.Broken} of {verdict.Checked} failures";
            console.MarkupLineInterpolated($"[red]broken[/] {name} ({share}):");
            foreach (var line in verdict.Story)
            {
                console.WriteLine($"       {line}");
            }
        }
    }
}
