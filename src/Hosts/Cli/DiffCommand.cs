using System.CommandLine;
using Farspan.Simulation;
using Spectre.Console;

namespace Farspan.Cli;

/// <summary>
/// <c>farspan diff</c>: says what a change of the topology does to the outcome of failures.
/// </summary>
internal static class DiffCommand
{
    private const int RowsMax = 40;

    private static readonly Argument<FileInfo> Before = new("before") { Description = "The topology as it is." };

    private static readonly Argument<FileInfo> After =
        new("after") { Description = "The topology as it will be." };

    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object." };

    public static Command Create()
    {
        var command = new Command(
            "diff", "Compare two topologies: which failures change reachability, recovery, calls or capacity; "
            + "exit code 1 if any is worse.") { Before, After, Json };
        command.SetAction((arguments, stop) => RunAsync(
            arguments.GetRequiredValue(Before).ToString(),
            arguments.GetRequiredValue(After).ToString(),
            new CommandOutput(Console.Out, Console.Error, arguments.GetValue(Json)),
            stop));
        return command;
    }

    private static async Task<int> RunAsync(
        string before, string after, CommandOutput output, CancellationToken stop)
    {
        if (SimulateCommand.Load(before, output) is not { } old
            || SimulateCommand.Load(after, output) is not { } now)
        {
            return ExitCode.InvalidConfiguration;
        }

        var comparison = SimulationComparison.Of(await SweepAsync(old, stop), await SweepAsync(now, stop));
        if (output.IsJson)
        {
            output.Say(ToJson(comparison), SimulationJsonContext.Default.DifferenceJson, []);
        }
        else
        {
            Show(comparison, now);
        }

        return comparison.WorseCount == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private static Task<SimulationResult> SweepAsync(SimulationModel model, CancellationToken stop) =>
        SimulationScreen.WatchAsync(progress => new SimulationRun(model, progress).RunAsync(true, stop));

    private static DifferenceJson ToJson(SimulationComparison comparison) => new(
        comparison.Added,
        comparison.Removed,
        comparison.WorseCount,
        [
            .. comparison.Differences.Select(difference => new OutcomePairJson(
                difference.Aspects.ToString(),
                difference.IsWorse,
                SimulationJsonWriter.Brief(difference.Before),
                SimulationJsonWriter.Brief(difference.After))),
        ]);

    private static void Show(SimulationComparison comparison, SimulationModel model)
    {
        var console = SimulationScreen.Open();
        Console.WriteLine($"{comparison.Differences.Length} failure sets end otherwise, "
            + $"{comparison.WorseCount} of them worse; {comparison.Added.Length} elements are new, "
            + $"{comparison.Removed.Length} are gone.");
        foreach (var added in comparison.Added)
        {
            console.MarkupLineInterpolated($"[green]+[/] {added}");
        }

        foreach (var removed in comparison.Removed)
        {
            console.MarkupLineInterpolated($"[red]-[/] {removed}");
        }

        foreach (var difference in comparison.Differences.Take(RowsMax))
        {
            console.MarkupLineInterpolated(
                $"[bold]{Name(difference.After)}[/]: {difference.Aspects.ToString()} {Sign(difference)}");
            console.Write(SimulationScreen.Table(
                model, "", [difference.Before, difference.After]));
        }

        if (comparison.Differences.Length > RowsMax)
        {
            Console.WriteLine($"... and {comparison.Differences.Length - RowsMax} more; --json has all.");
        }
    }

    private static string Name(FailureOutcome outcome) =>
        outcome.Failure.Causes.IsEmpty ? "(nothing)" : outcome.Failure.ToString();

    private static string Sign(OutcomeDifference difference) => difference.IsWorse ? "(worse)" : "(better)";
}
