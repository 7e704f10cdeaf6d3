using System.Collections.Immutable;
using System.Globalization;
using Farspan.Topology;

namespace Farspan.Simulation;

/// <summary>Holds the objectives against what a sweep has found.</summary>
public sealed class ObjectiveCheck(SimulationModel model, SimulationResult result)
{
    private readonly FailureEvaluator _evaluator = new(model);

    public ImmutableArray<ObjectiveVerdict> All() => [.. model.Objectives.Select(Check)];

    private ObjectiveVerdict Check(Objective objective)
    {
        var outcomes = Outcomes(objective).ToList();
        var broken = outcomes.Where(outcome => Breaches(objective, outcome).Any()).ToList();
        var worst = broken
            .OrderBy(outcome => outcome.Failure.Causes.Length)
            .ThenByDescending(outcome => outcome.Level)
            .ThenByDescending(outcome => outcome.Established)
            .ThenByDescending(outcome => outcome.NewCalls.Worst)
            .ThenByDescending(outcome => outcome.Gap.Worst)
            .ThenBy(outcome => outcome.Capacity.Calls)
            .FirstOrDefault();
        return new ObjectiveVerdict(
            objective, outcomes.Count, broken.Count, worst, worst is null ? [] : Tell(objective, worst));
    }

    private ImmutableArray<string> Tell(Objective objective, FailureOutcome outcome)
    {
        var whole = _evaluator.Evaluate(outcome.Failure); // Pairs are kept without their flows.
        return
        [
            .. new FailureStory(model).Of(whole),
            .. Breaches(objective, whole).Select(breach => $"But {breach}."),
        ];
    }

    /// <summary>What of a promise a failure breaks, in words.</summary>
    private IEnumerable<string> Breaches(Objective objective, FailureOutcome outcome)
    {
        if (objective.NewCallsWithin is { } limit
            && (outcome.Level != ServiceLevel.All || outcome.NewCalls.Worst > limit))
        {
            yield return $"new calls are promised within {Seconds(limit)}";
        }

        if (objective.EstablishedCallsWithin is { } pause && outcome.Gap.Worst > pause)
        {
            yield return $"established calls are promised to pause no longer than {Seconds(pause)}";
        }

        if (objective.CallsKeptPercent is { } kept && outcome.KeptPercent < kept - 0.001)
        {
            yield return $"{kept} % of established calls are promised to live on";
        }

        if (objective.HeadroomPercent is { } headroom
            && outcome.Capacity.Calls * 100L < model.PeakCalls * (100L + headroom))
        {
            var needed = (model.PeakCalls * (100L + headroom) + 99) / 100;
            yield return $"capacity for {needed} calls is promised";
        }

        var starts = model.PeakCallsPerSecond * (100 + (objective.HeadroomPercent ?? 0)) / 100;
        if (objective.HeadroomPercent is not null && outcome.StartsPerSecond < starts)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{starts:0.#} new calls a second are promised, "
                + $"and Connect's quotas that are left allow {outcome.StartsPerSecond:0.#}");
        }
    }

    private IEnumerable<FailureOutcome> Outcomes(Objective objective)
    {
        if (objective.Failure == FailureClass.Any)
        {
            var ours = result.Singles.Where(outcome => IsOurs(outcome.Failure));
            return objective.Failures < 2 ? ours : ours.Concat(result.Pairs.Where(pair => IsOurs(pair.Failure)));
        }

        var sets = SetsOf(objective.Failure).ToList();
        var singles = sets.Select(_evaluator.Evaluate);
        return objective.Failures < 2 ? singles : singles.Concat(Pairs(sets).Select(_evaluator.Evaluate));
    }

    /// <summary>
    /// What a carrier loses of its own is not for us to promise, unless it is asked for by name.
    /// </summary>
    private bool IsOurs(FailureSet failure) =>
        failure.Elements.All(element => model.Elements[element].Kind != ElementKind.Carrier);

    private IEnumerable<FailureSet> SetsOf(FailureClass failure) => failure switch
    {
        FailureClass.Link => Elements(ElementKind.Link, ElementKind.Tunnel),
        FailureClass.Tunnel => Elements(ElementKind.Tunnel),
        FailureClass.Peering => Elements(ElementKind.Peering, ElementKind.CoreNetwork),
        FailureClass.ConnectorInstance => Elements(ElementKind.Connector),
        FailureClass.EdgeInstance => Elements(ElementKind.Edge),
        FailureClass.ConnectInstance => Elements(ElementKind.ConnectInstance),
        FailureClass.Carrier => Elements(ElementKind.Carrier),
        FailureClass.Dns => Elements(ElementKind.Dns),
        FailureClass.Controller => Elements(ElementKind.Controller),
        FailureClass.RegionLinks => Groups("links"),
        FailureClass.Zone => Groups("zone"),
        FailureClass.GoogleRegion => Groups("google region"),
        FailureClass.AwsRegion => Groups("AWS region"),
        FailureClass.Metro => Groups("metro"),
        _ => [],
    };

    private IEnumerable<FailureSet> Elements(params ElementKind[] kinds) =>
        Enumerable.Range(0, model.Elements.Length)
            .Where(i => kinds.Contains(model.Elements[i].Kind)).Select(model.Single);

    private IEnumerable<FailureSet> Groups(string kind) => model.RiskGroups
        .Where(group => group.Kind == kind).Select(group => new FailureSet([group.Id], group.Members));

    private static IEnumerable<FailureSet> Pairs(List<FailureSet> sets) =>
        from first in Enumerable.Range(0, sets.Count)
        from second in Enumerable.Range(first + 1, sets.Count - first - 1)
        select sets[first].With(sets[second]);

    private static string Seconds(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.##} s");
}
