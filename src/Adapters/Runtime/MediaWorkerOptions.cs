namespace Farspan.Runtime;

/// <summary>The limits and the schedule of a media worker.</summary>
public sealed record MediaWorkerOptions
{
    /// <summary>The name of the worker's thread.</summary>
    public string Name { get; init; } = "media";

    /// <summary>How often each session ticks.</summary>
    public TimeSpan TickInterval { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Over how many moments within an interval the sessions are spread.</summary>
    public int Phases { get; init; } = 20;

    /// <summary>Ticks made up for after a stall; older ones are skipped and counted.</summary>
    public int MaxCatchUpTicks { get; init; } = 3;

    /// <summary>
    /// A loop that slept or worked longer than this past its schedule is reported as stalled (self-fencing).
    /// </summary>
    public TimeSpan StallThreshold { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>Sessions of one worker.</summary>
    public int MaxSessions { get; init; } = 4_096;

    /// <summary>Commands that may wait; a full queue refuses. A power of two.</summary>
    public int MaxCommands { get; init; } = 4_096;

    /// <summary>The processor the thread is pinned to; null leaves it to the system.</summary>
    public int? Processor { get; init; }
}
