using System.Text.Json;
using System.Text.RegularExpressions;

namespace Farspan.Simulation.Tests;

/// <summary>
/// What is said about failures: cut sets, objectives and their stories, differences, the page.
/// </summary>
public sealed partial class ReportTests
{
    private static readonly SimulationModel CrossCloud = Samples.Model(Samples.CrossCloud);

    [Fact]
    public void ACutSet_HoldsNoSmallerOne_AndEachMemberIsNeeded()
    {
        var cutSets = CutSets.Of(Samples.Sweep(CrossCloud));

        Assert.NotEmpty(cutSets.Sets);
        foreach (var set in cutSets.Sets)
        {
            Assert.Equal(ServiceLevel.None, Samples.Fail(CrossCloud, [.. set.Causes]).Level);
            Assert.All(set.Causes.Where(_ => set.Causes.Length > 1), cause =>
                Assert.NotEqual(
                    ServiceLevel.None, Samples.Fail(CrossCloud, [.. set.Causes.Where(c => c != cause)]).Level));
        }
    }

    [Fact]
    public void AnObjectiveThatHolds_IsTrueOfEveryFailureItSpeaksOf()
    {
        var verdicts = new ObjectiveCheck(CrossCloud, Samples.Sweep(CrossCloud)).All();

        var links = Assert.Single(verdicts, verdict => verdict.Objective.Id == "objective/one-link");
        Assert.True(links.Holds);
        Assert.Equal(4, links.Checked);
    }

    [Fact]
    public void AnObjectiveThatDoesNot_IsRefutedByAStory_ThatTellsCauseAndEffect()
    {
        var model = Samples.Model(Samples.CrossCloud, Samples.WithNames);

        var verdicts = new ObjectiveCheck(model, Samples.Sweep(model)).All();

        var any = Assert.Single(verdicts, verdict => verdict.Objective.Id == "objective/one-any");
        Assert.Equal("dns/calls.example.com", any.Counterexample!.Failure.ToString());
        Assert.Equal("dns/calls.example.com fails.", any.Story[0]);
        Assert.Contains("No new call is served until somebody comes.", any.Story);
        Assert.Equal("But new calls are promised within 30 s.", any.Story[^1]);
    }

    [Fact]
    public void AConnectInstanceGone_TakesItsShareOfTheRateOfNewCallsAway()
    {
        var model = Samples.Model(Samples.CrossCloud, ("startsPerSecond: 15", "startsPerSecond: 5"));

        var verdicts = new ObjectiveCheck(model, Samples.Sweep(model)).All();

        var any = Assert.Single(verdicts, verdict => verdict.Objective.Id == "objective/one-any");
        Assert.Equal(["connect/us-east-1"], any.Counterexample!.Failure.Causes.ToArray());
        Assert.Equal(2, any.Broken);
        Assert.Contains("Connect's quotas allow 5 new calls a second; the peak is 5.6.", any.Story);
    }

    [Fact]
    public void OneFailureTooFewForThePromise_IsFoundWithTwo()
    {
        var model = Samples.Model(
            Samples.CrossCloud, ("  - failure: link\n", "  - failure: link\n    failures: 2\n"));

        var verdict = new ObjectiveCheck(model, Samples.Sweep(model)).All()[0];

        Assert.Equal(4 + 6, verdict.Checked);
        Assert.True(verdict.Holds);
    }

    [Fact]
    public void ATopologyComparedWithItself_DiffersInNothing()
    {
        var comparison = SimulationComparison.Of(Samples.Sweep(CrossCloud), Samples.Sweep(CrossCloud));

        Assert.Empty(comparison.Differences);
        Assert.Empty(comparison.Added.Concat(comparison.Removed));
    }

    [Fact]
    public void WithoutItsSummaries_ATopologyIsWorseWhereverARegionLosesItsLinks()
    {
        var without = Samples.Model(Samples.CrossCloud, ("fallback: summaries", "fallback: none"));

        var comparison = SimulationComparison.Of(Samples.Sweep(CrossCloud), Samples.Sweep(without));

        Assert.Equal(comparison.Differences.Length, comparison.WorseCount);
        var links = Assert.Single(comparison.Differences, d => d.After.Failure.ToString() == "links/east");
        Assert.True(links.Aspects.HasFlag(OutcomeAspects.Recovery));
        Assert.False(links.Before.Network.IsNever);
        Assert.True(links.After.Network.IsNever);
    }

    [Fact]
    public void AMisspeltFailure_IsAnsweredWithTheNearestName()
    {
        Assert.False(FailureNames.TryFind(CrossCloud, ["link/east/x"], out _, out var unknown, out var nearest));
        Assert.Equal("link/east/x", unknown);
        Assert.Contains("link/east/a", nearest);
    }

    [Fact]
    public void ThePage_IsOneFile_WithoutAnyAddressOfTheNetwork()
    {
        var result = Samples.Sweep(CrossCloud);

        var verdicts = new ObjectiveCheck(CrossCloud, result).All();

        var page = SimulationPage.Write("<sample>", CrossCloud, result, verdicts);

        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", page, StringComparison.Ordinal);
        Assert.Equal(
            ["http://www.w3.org/2000/svg"], AddressPattern().Matches(page).Select(m => m.Value).Distinct());
        var data = JsonDocument.Parse(DataPattern().Match(page).Groups[1].Value).RootElement;
        Assert.Equal("<sample>", data.GetProperty("name").GetString());
        Assert.Equal(CrossCloud.Elements.Length, data.GetProperty("singles").GetArrayLength());
        var pairs = Convert.FromBase64String(data.GetProperty("pairs").GetString()!);
        Assert.Equal(result.Pairs.Length, pairs.Length / sizeof(int));
    }

    [Fact]
    public void WhatAnEvaluatorHasSeenBefore_DoesNotChangeWhatItSays()
    {
        var model = Samples.Model(Samples.HaVpn);
        var random = new Farspan.Kernel.RandomSource(5);
        var experienced = new FailureEvaluator(model);
        for (var i = 0; i < 150; i++)
        {
            var first = random.NextInt32(model.Elements.Length - 1);
            var second = first + 1 + random.NextInt32(model.Elements.Length - first - 1);
            var pair = model.Pair(first, second);

            var (told, fresh) = (experienced.Evaluate(pair), new FailureEvaluator(model).Evaluate(pair));

            Assert.Equal(fresh with { Changes = [] }, told with { Changes = fresh.Changes.Clear() });
            Assert.Equal(fresh.Changes.Select(Describe), told.Changes.Select(Describe));
        }
    }

    private static string Describe(FlowChange change) =>
        $"{change.Flow}: {string.Join(',', change.State.Forward.Arcs)} {string.Join(',', change.State.Return.Arcs)} "
        + $"{change.State.Forward.Verdict} {change.State.Return.Verdict} {change.Recovery}";

    [Fact]
    public void EveryPairOfThePage_IsFoundUnderItsNumber()
    {
        var count = CrossCloud.Elements.Length;
        var result = Samples.Sweep(CrossCloud);
        for (var first = 0; first < count; first++)
        {
            for (var second = first + 1; second < count; second++)
            {
                var pair = result.Pairs[SimulationResult.PairNumber(first, second, count)];
                Assert.Equal([first, second], pair.Failure.Elements.ToArray());
            }
        }
    }

    [GeneratedRegex(@"https?://[\w./]+")]
    private static partial Regex AddressPattern();

    [GeneratedRegex(@"<script id=""facts"" type=""application/json"">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex DataPattern();
}
