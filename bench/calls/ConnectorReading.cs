namespace Farspan.Bench;

/// <summary>The accounts of a connector at one moment.</summary>
internal sealed record ConnectorReading
{
    public required double WallSeconds { get; init; }

    /// <summary>Of the connector alone.</summary>
    public required double CpuSeconds { get; init; }

    /// <summary>
    /// Of everything on the machine: the lab's carrier and emulator share it with the connector.
    /// </summary>
    public required double MachineBusySeconds { get; init; }

    public required double ResidentBytes { get; init; }

    public required double ActiveCalls { get; init; }

    /// <summary>Managed memory since the start; null if the connector does not tell.</summary>
    public double? AllocatedBytes { get; init; }

    /// <summary>
    /// The longest pause of the garbage collector so far; null if the connector does not tell.
    /// </summary>
    public double? LongestPauseSeconds { get; init; }
}
