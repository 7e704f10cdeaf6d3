using System.Text.Json.Serialization;
using Farspan.Simulation;

namespace Farspan.Cli;

/// <summary>The result of <c>farspan simulate --json</c>.</summary>
/// <param name="File">The topology.</param>
/// <param name="Elements">What can fail.</param>
/// <param name="PeakCalls">At the busiest time.</param>
/// <param name="Healthy">With nothing failed.</param>
/// <param name="Failures">Every single one and every shared risk; with <c>--fail</c> that one alone.</param>
/// <param name="Pairs">Every pair.</param>
/// <param name="CutSets">The smallest sets without which no new call is served.</param>
/// <param name="Objectives">What is promised, and whether it holds.</param>
internal sealed record SimulationJson(
    string File,
    IReadOnlyList<string> Elements,
    int PeakCalls,
    OutcomeJson Healthy,
    IReadOnlyList<OutcomeJson> Failures,
    IReadOnlyList<OutcomeJson> Pairs,
    IReadOnlyList<IReadOnlyList<string>> CutSets,
    IReadOnlyList<ObjectiveJson> Objectives);

/// <summary>What a failure set does.</summary>
/// <param name="Failed">What fails.</param>
/// <param name="Service">Of new calls: all, some or none.</param>
/// <param name="NewCallsMs">Until every new call is served.</param>
/// <param name="Actors">Who brings it about.</param>
/// <param name="NetworkMs">Of the routers alone.</param>
/// <param name="EstablishedCalls">Untouched, kept or lost.</param>
/// <param name="KeptPercent">Of established calls.</param>
/// <param name="GapMs">Of established calls that live on.</param>
/// <param name="CapacityCalls">What is left.</param>
/// <param name="CapacityLimit">The scarcest layer.</param>
/// <param name="StartsPerSecond">What is left of Connect's quotas of new calls.</param>
/// <param name="Flows">That go another way, or none; null for pairs.</param>
/// <param name="Story">In words; null for pairs.</param>
internal sealed record OutcomeJson(
    IReadOnlyList<string> Failed,
    string Service,
    TimeJson NewCallsMs,
    string Actors,
    TimeJson NetworkMs,
    string EstablishedCalls,
    double KeptPercent,
    TimeJson GapMs,
    int CapacityCalls,
    string CapacityLimit,
    double StartsPerSecond,
    IReadOnlyList<FlowJson>? Flows,
    IReadOnlyList<string>? Story);

/// <summary>A predicted time in milliseconds; nulls: never.</summary>
internal sealed record TimeJson(
    double? Best, double? Expected, double? Worst, double? P50 = null, double? P90 = null, double? P99 = null);

/// <summary>A flow that goes another way than before.</summary>
/// <param name="Name">Edge and connector.</param>
/// <param name="There">What becomes of packets to the connector.</param>
/// <param name="Back">What becomes of packets to the edge.</param>
/// <param name="ThereOver">The ways they pass, equal ones too.</param>
/// <param name="BackOver">The ways they pass, equal ones too.</param>
/// <param name="MtuBytes">The least of both directions.</param>
internal sealed record FlowJson(
    string Name,
    string There,
    string Back,
    IReadOnlyList<string> ThereOver,
    IReadOnlyList<string> BackOver,
    int MtuBytes);

/// <summary>An objective and whether it holds.</summary>
internal sealed record ObjectiveJson(
    string Id,
    bool Holds,
    int Checked,
    int Broken,
    IReadOnlyList<string>? Counterexample,
    IReadOnlyList<string> Story);

/// <summary>The result of <c>farspan diff --json</c>.</summary>
internal sealed record DifferenceJson(
    IReadOnlyList<string> Added,
    IReadOnlyList<string> Removed,
    int Worse,
    IReadOnlyList<OutcomePairJson> Differences);

/// <summary>A failure set before and after.</summary>
internal sealed record OutcomePairJson(string Aspects, bool IsWorse, OutcomeJson Before, OutcomeJson After);

/// <summary>Serializers of the simulation's results, made at compile time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SimulationJson))]
[JsonSerializable(typeof(DifferenceJson))]
internal sealed partial class SimulationJsonContext : JsonSerializerContext;

/// <summary>Turns what the simulation says into what is printed for machines.</summary>
internal sealed class SimulationJsonWriter(SimulationModel model)
{
    private readonly FailureStory _story = new(model);

    public static OutcomeJson Brief(FailureOutcome outcome) => new(
        outcome.Failure.Causes,
        Lower(outcome.Level),
        Time(outcome.NewCalls, null),
        ActorNames.Of(outcome.NewCallActors),
        Time(outcome.Network, null),
        Lower(outcome.Established),
        Math.Round(outcome.KeptPercent, 1),
        Time(outcome.Gap, null),
        outcome.Capacity.Calls,
        Lower(outcome.Capacity.Limit),
        outcome.StartsPerSecond,
        null,
        null);

    /// <summary>With flows, story and percentiles.</summary>
    public OutcomeJson Full(FailureOutcome outcome, FailureDelays delays, ulong seed) => Brief(outcome) with
    {
        NewCallsMs = Time(outcome.NewCalls, DelayPercentiles.Of(delays.NewCalls, seed)),
        NetworkMs = Time(outcome.Network, DelayPercentiles.Of(delays.Network, seed)),
        GapMs = Time(outcome.Gap, DelayPercentiles.Of(delays.Gap, seed)),
        Flows = [.. outcome.Changes.Select(Flow)],
        Story = outcome.Failure.Elements.IsEmpty ? null : _story.Of(outcome),
    };

    private FlowJson Flow(FlowChange change) => new(
        _story.Name(change.Flow),
        Lower(change.State.Forward.Verdict),
        Lower(change.State.Return.Verdict),
        Ways(change.State.Forward),
        Ways(change.State.Return),
        Math.Min(change.State.Forward.Mtu, change.State.Return.Mtu));

    private string[] Ways(PacketWalk walk) =>
        [.. walk.Arcs.Select(arc => model.Network.Arcs[arc].Name).Distinct()];

    private static TimeJson Time(RecoveryTime time, DelayPercentiles? drawn) => time.IsNever
        ? new TimeJson(null, null, null)
        : new TimeJson(
            Ms(time.Best), Ms(time.Expected), Ms(time.Worst), Ms(drawn?.P50), Ms(drawn?.P90), Ms(drawn?.P99));

    private static double? Ms(TimeSpan? time) =>
        time is { } value ? Math.Round(value.TotalMilliseconds, 1) : null;

    private static string Lower<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
