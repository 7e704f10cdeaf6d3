namespace Farspan.Simulation;

/// <summary>What the operator wants to hold.</summary>
public sealed record Objective
{
    /// <summary>Such as <c>any single failure</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Of which failures it speaks.</summary>
    public required ObjectiveScope Scope { get; init; }

    /// <summary>New calls are served again within this time; null: no promise.</summary>
    public TimeSpan? NewCallsWithin { get; init; }

    /// <summary>Whether no established call may end.</summary>
    public bool KeepsCalls { get; init; }

    /// <summary>The pause an established call may have; null: no promise.</summary>
    public TimeSpan? GapWithin { get; init; }

    /// <summary>Capacity left, in percent of the peak; null: no promise.</summary>
    public int? CapacityPercent { get; init; }
}
