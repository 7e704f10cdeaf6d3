namespace Farspan.Simulation;

/// <summary>A failure set whose outcome a change of the topology changes.</summary>
public sealed record OutcomeDifference(FailureOutcome Before, FailureOutcome After)
{
    /// <summary>In what they differ.</summary>
    public OutcomeAspects Aspects =>
        (Before.Level != After.Level ? OutcomeAspects.Reachability : OutcomeAspects.None)
        | (Before.NewCalls != After.NewCalls || Before.Network != After.Network
            ? OutcomeAspects.Recovery : OutcomeAspects.None)
        | (Before.Established != After.Established || Before.Gap != After.Gap
            ? OutcomeAspects.EstablishedCalls : OutcomeAspects.None)
        | (Before.Capacity != After.Capacity || Before.StartsPerSecond != After.StartsPerSecond
            ? OutcomeAspects.Capacity : OutcomeAspects.None);

    /// <summary>Whether anything about it is worse than before.</summary>
    public bool IsWorse =>
        After.Level > Before.Level
        || After.NewCalls.Worst > Before.NewCalls.Worst
        || After.Network.Worst > Before.Network.Worst
        || After.Established > Before.Established
        || After.Gap.Worst > Before.Gap.Worst
        || After.Capacity.Calls < Before.Capacity.Calls
        || After.StartsPerSecond < Before.StartsPerSecond;
}

/// <summary>What can differ between two outcomes.</summary>
[Flags]
public enum OutcomeAspects
{
    None = 0,
    Reachability = 1,
    Recovery = 2,
    EstablishedCalls = 4,
    Capacity = 8,
}
