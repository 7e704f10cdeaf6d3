using System.CommandLine;
using Farspan.Configuration;
using Farspan.Simulation;

namespace Farspan.Cli;

/// <summary>
/// <c>farspan simulate</c>: says beforehand what every failure will do.
/// </summary>
internal static class SimulateCommand
{
    /// <summary>Of the percentiles: the same file gives the same figures.</summary>
    private const ulong Seed = 1;

    private static readonly Argument<FileInfo> File = new("file")
    {
        Description = "The topology; farspan.yaml unless said otherwise.",
        DefaultValueFactory = _ => new FileInfo("farspan.yaml"),
    };

    private static readonly Option<string[]> Fail = new("--fail")
    {
        Description = "Only this failure: ids of elements and shared risks, separated by commas.",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<bool> SinglesOnly =
        new("--singles") { Description = "Leave out pairs." };

    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object." };

    private static readonly Option<FileInfo?> Html = new("--html")
    {
        Description = "Write a page that shows everything: a map to break, failures, objectives.",
    };

    public static Command Create()
    {
        var command = new Command(
            "simulate", "Predict what every single and double failure does: paths, recovery, calls, capacity.")
        {
            File, Fail, SinglesOnly, Json, Html,
        };
        command.SetAction((arguments, stop) => RunAsync(arguments, stop));
        return command;
    }

    /// <summary>The simulation's model of a file; null: what is wrong has been said.</summary>
    public static SimulationModel? Load(string path, CommandOutput output)
    {
        var (model, findings) = ConfigurationFile.Load(path);
        if (model is null)
        {
            output.SayFindings(findings);
            return null;
        }

        if (model.Network is null)
        {
            output.SayFailure(
                $"{path} describes no network.", "Add regions and carriers; samples/ has whole networks.");
            return null;
        }

        return SimulationModelBuilder.Build(model.Network);
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken stop)
    {
        var path = arguments.GetRequiredValue(File).ToString();
        var output = new CommandOutput(Console.Out, Console.Error, arguments.GetValue(Json));
        if (Load(path, output) is not { } model)
        {
            return ExitCode.InvalidConfiguration;
        }

        var names = (arguments.GetValue(Fail) ?? []).SelectMany(each => each.Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList();
        if (names.Count > 0 && arguments.GetValue(Html) is not null)
        {
            output.SayFailure("the page shows all failures.", "Leave out --fail, and break things on the page.");
            return ExitCode.Failure;
        }

        return names.Count > 0
            ? RunOne(path, model, names, output)
            : await RunAllAsync(path, model, arguments, output, stop);
    }

    private static int RunOne(string path, SimulationModel model, List<string> names, CommandOutput output)
    {
        if (!FailureNames.TryFind(model, names, out var failure, out var unknown, out var nearest))
        {
            output.SayFailure($"nothing is called {unknown}.", $"Did you mean {string.Join(", ", nearest)}?");
            return ExitCode.Failure;
        }

        var evaluator = new FailureEvaluator(model);
        var outcome = evaluator.Evaluate(failure, out var delays);
        var json = new SimulationJsonWriter(model).Full(outcome, delays, Seed);
        output.Say(
            new SimulationJson(path, Ids(model), model.PeakCalls, Healthy(model), [json], [], [], []),
            SimulationJsonContext.Default.SimulationJson,
            SimulationScreen.Describe(model, outcome, delays, Seed));
        return ExitCode.Success;
    }

    private static async Task<int> RunAllAsync(
        string path, SimulationModel model, ParseResult arguments, CommandOutput output, CancellationToken stop)
    {
        var result = await SimulationScreen.WatchAsync(
            progress => new SimulationRun(model, progress).RunAsync(!arguments.GetValue(SinglesOnly), stop));
        var cutSets = CutSets.Of(result);
        var verdicts = new ObjectiveCheck(model, result).All();
        if (arguments.GetValue(Html) is { } page)
        {
            await System.IO.File.WriteAllTextAsync(
                page.FullName, SimulationPage.Write(path, model, result, verdicts), stop);
        }

        if (output.IsJson)
        {
            output.Say(
                ToJson(path, model, result, cutSets, verdicts), SimulationJsonContext.Default.SimulationJson, []);
        }
        else
        {
            SimulationScreen.Show(model, result, cutSets, verdicts);
        }

        return verdicts.All(verdict => verdict.Holds) ? ExitCode.Success : ExitCode.Failure;
    }

    private static SimulationJson ToJson(
        string path,
        SimulationModel model,
        SimulationResult result,
        CutSets cutSets,
        IEnumerable<ObjectiveVerdict> verdicts)
    {
        var writer = new SimulationJsonWriter(model);
        var evaluator = new FailureEvaluator(model);
        var failures = result.Singles.Concat(result.Groups).Select(each =>
        {
            var outcome = evaluator.Evaluate(each.Failure, out var delays);
            return writer.Full(outcome, delays, Seed);
        });
        return new SimulationJson(
            path,
            Ids(model),
            model.PeakCalls,
            Healthy(model),
            [.. failures],
            [.. result.Pairs.Select(SimulationJsonWriter.Brief)],
            [.. cutSets.Sets.Concat(cutSets.Risks).Select(set => set.Causes)],
            [.. verdicts.Select(verdict => new ObjectiveJson(
                verdict.Objective.Id, verdict.Holds, verdict.Checked, verdict.Broken,
                verdict.Counterexample?.Failure.Causes, verdict.Story))]);
    }

    private static OutcomeJson Healthy(SimulationModel model)
    {
        var outcome = new FailureEvaluator(model).Evaluate(new FailureSet([], []), out var delays);
        return new SimulationJsonWriter(model).Full(outcome, delays, Seed);
    }

    private static string[] Ids(SimulationModel model) => [.. model.Elements.Select(element => element.Id)];
}
