using System.Collections.Immutable;
using Farspan.Topology;

namespace Farspan.Simulation;

/// <summary>
/// The whole system as the simulation sees it: what can fail, how packets go, who serves calls and what is
/// promised. Made from the topology by <see cref="SimulationModelBuilder"/>.
/// </summary>
public sealed record SimulationModel
{
    public required ImmutableArray<Element> Elements { get; init; }

    public required ImmutableArray<RiskGroup> RiskGroups { get; init; }

    public required RoutingNetwork Network { get; init; }

    public required ImmutableArray<CarrierTrunk> Carriers { get; init; }

    public required ImmutableArray<Site> Edges { get; init; }

    public required ImmutableArray<Site> Connectors { get; init; }

    public required ImmutableArray<Site> Instances { get; init; }

    /// <summary>Every edge site with every connector site, ordered by edge, then connector.</summary>
    public required ImmutableArray<Flow> Flows { get; init; }

    /// <summary>All ways between the clouds.</summary>
    public required ImmutableArray<CallLink> Links { get; init; }

    /// <summary>Calls at once at the busiest time.</summary>
    public required int PeakCalls { get; init; }

    /// <summary>New calls a second at the busiest time.</summary>
    public double PeakCallsPerSecond { get; init; }

    public required ImmutableArray<Objective> Objectives { get; init; }

    /// <summary>Null: nobody exchanges routes.</summary>
    public ControllerSwap? Swap { get; init; }

    public NodeTimings Timings { get; init; } = NodeTimings.Default;

    /// <summary>How an edge finds out that a connector site or one of its machines is gone.</summary>
    public required Delay ConnectorSilence { get; init; }

    /// <summary>Without packets for this long an established call is given up.</summary>
    public TimeSpan MediaTimeout { get; init; } = TimeSpan.FromSeconds(20);

    public int FlowNumber(int edge, int connector) => (edge * Connectors.Length) + connector;

    public FailureSet Single(int element) => new([Elements[element].Id], [element]);

    public FailureSet Pair(int first, int second) =>
        new([Elements[first].Id, Elements[second].Id], [first, second]);
}
