using System.Collections.Immutable;
using System.Globalization;

namespace Farspan.Simulation;

/// <summary>Tells what a failure does, in the order in which it happens.</summary>
public sealed class FailureStory(SimulationModel model)
{
    private const int FlowsMax = 3;

    /// <summary>Sentences, from the failure to what is left.</summary>
    public ImmutableArray<string> Of(FailureOutcome outcome)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        lines.Add(outcome.Failure.Causes.Length == 1
            ? $"{outcome.Failure} fails."
            : $"{string.Join(" and ", outcome.Failure.Causes)} fail at once.");
        foreach (var change in outcome.Changes.Where(c => !c.State.Works).Take(FlowsMax))
        {
            lines.Add(Broken(change));
        }

        foreach (var change in outcome.Changes.Where(c => c.State.Works && !c.Recovery.IsNone).Take(FlowsMax))
        {
            var way = Way(change.State.Forward);
            lines.Add($"{Name(change.Flow)} goes on over {way} after {Time(change.Recovery)}.");
        }

        if (model.Carriers.Any(carrier => carrier.Names.Intersect(outcome.Failure.Elements).Any()))
        {
            lines.Add("Carriers that look our names up find nothing once the records they know have run out.");
        }

        lines.Add(NewCalls(outcome));
        lines.Add(Established(outcome));
        lines.Add($"Capacity is left for {outcome.Capacity.Calls} calls ({Layer(outcome.Capacity.Limit)} are the "
            + $"limit); the peak is {model.PeakCalls}.");
        if (outcome.StartsPerSecond < model.PeakCallsPerSecond)
        {
            lines.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"Connect's quotas allow {outcome.StartsPerSecond:0.#} new calls a second; "
                + $"the peak is {model.PeakCallsPerSecond:0.#}."));
        }

        return lines.ToImmutable();
    }

    /// <summary>
    /// What is wrong although nothing has failed: regions whose own connectors cannot be reached.
    /// </summary>
    public ImmutableArray<string> OfNothing()
    {
        var solver = new FlowSolver(model);
        return
        [
            .. Enumerable.Range(0, model.Flows.Length)
                .Where(flow => model.Edges[model.Flows[flow].Edge].Region
                    == model.Connectors[model.Flows[flow].Connector].Region)
                .Select(flow => new FlowChange(flow, solver.Healthy(flow), RecoveryTime.Never))
                .Where(change => !change.State.Works)
                .Select(Broken),
        ];
    }

    /// <summary>Such as <c>edge/us-east4 → connector/us-east-1</c>.</summary>
    public string Name(int flow) =>
        $"{model.Edges[model.Flows[flow].Edge].Name} → {model.Connectors[model.Flows[flow].Connector].Name}";

    /// <summary>
    /// The ways that packets pass, one of equal ones, and how many equal ones there are besides.
    /// </summary>
    public string Way(PacketWalk walk)
    {
        var names = walk.Path.Select(arc => model.Network.Arcs[arc].Name).Distinct();
        var others = walk.Arcs.Length - walk.Path.Length;
        return string.Join(", ", names) + (others > 0 ? " (and equal ways)" : "");
    }

    /// <summary>What happens to packets that are lost, and where.</summary>
    public string Fate(PacketWalk walk)
    {
        var where = walk.LostAt is { } table ? model.Network.Tables[table].Name : "";
        return walk.Verdict switch
        {
            WalkVerdict.NoRoute => $"have no route at {where}",
            WalkVerdict.BlackHole => $"fall into a black hole at {where}",
            WalkVerdict.Loop => $"run in circles at {where}",
            WalkVerdict.Unsettled => $"follow routes that never settle, at {where}",
            WalkVerdict.Partial => $"are lost on some of the equal ways, at {where}",
            _ => "arrive",
        };
    }

    private string Broken(FlowChange change)
    {
        var (there, back) = (Fate(change.State.Forward), Fate(change.State.Return));
        var what = change.State.IsOneWay ? "one-way" : "cut";
        return $"{Name(change.Flow)} is {what}: packets there {there}, packets back {back}.";
    }

    private static string NewCalls(FailureOutcome outcome) => outcome.Level switch
    {
        ServiceLevel.None => "No new call is served until somebody comes.",
        ServiceLevel.Some => "Some new calls are not served until somebody comes.",
        _ when outcome.NewCalls.IsNone => "New calls notice nothing.",
        _ => $"New calls are served again after {Time(outcome.NewCalls)}; {Who(outcome.NewCallActors)}.",
    };

    private static string Established(FailureOutcome outcome) => outcome.Established switch
    {
        CallFate.Untouched => "Established calls notice nothing.",
        CallFate.Kept => $"Established calls pause for {Time(outcome.Gap)} and live on.",
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $"{100 - outcome.KeptPercent:0.#} % of the established calls are lost."),
    };

    private static string Who(Actors actors) =>
        actors == Actors.None ? "nobody has to act" : $"who acts: {ActorNames.Of(actors)}";

    private static string Time(RecoveryTime time) => time.IsNever ? "never"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{time.Worst.TotalSeconds:0.##} s at worst ({time.Expected.TotalSeconds:0.##} s expected)");

    private static string Layer(CapacityLayer layer) => layer switch
    {
        CapacityLayer.Edges => "edges",
        CapacityLayer.Links => "links",
        CapacityLayer.Connectors => "connectors",
        _ => "Connect's quotas",
    };
}
