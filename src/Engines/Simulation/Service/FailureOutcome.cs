using System.Collections.Immutable;

namespace Farspan.Simulation;

/// <summary>What a failure set does.</summary>
public sealed record FailureOutcome
{
    public required FailureSet Failure { get; init; }

    /// <summary>Until every new call is served again.</summary>
    public required RecoveryTime NewCalls { get; init; }

    /// <summary>Who brings that about.</summary>
    public required Actors NewCallActors { get; init; }

    public required CallFate Established { get; init; }

    /// <summary>Of established calls.</summary>
    public required double KeptPercent { get; init; }

    /// <summary>The longest pause of an established call that lives on.</summary>
    public required RecoveryTime Gap { get; init; }

    /// <summary>Until packets of every region flow again, by routers alone.</summary>
    public required RecoveryTime Network { get; init; }

    /// <summary>In the end.</summary>
    public required ServiceLevel Level { get; init; }

    public required Capacity Capacity { get; init; }

    /// <summary>Contacts that the Connect instances left may start in a second.</summary>
    public required double StartsPerSecond { get; init; }

    /// <summary>Flows that go another way or none, with what became of them; in ascending order.</summary>
    public required ImmutableArray<FlowChange> Changes { get; init; }
}

/// <summary>A flow that a failure changes.</summary>
/// <param name="Flow">Its number.</param>
/// <param name="State">Once the routes have settled.</param>
/// <param name="Recovery">Of the routers.</param>
public readonly record struct FlowChange(int Flow, FlowState State, RecoveryTime Recovery);
