namespace Farspan.Runtime;

/// <summary>The limits of a <see cref="NodeLoop{TEngine, TInput, TEffect}"/>.</summary>
public sealed record NodeLoopOptions
{
    /// <summary>
    /// With more inputs waiting than this, datagrams that begin calls are shed: some 100 ms of work.
    /// </summary>
    public int ShedCallsAbove { get; init; } = 4_096;

    /// <summary>
    /// With more inputs waiting than this, every SIP message is shed; its sender repeats it.
    /// </summary>
    public int ShedSipAbove { get; init; } = 16_384;

    /// <summary>Inputs taken from the queue at once.</summary>
    public int BatchMax { get; init; } = 64;

    /// <summary>
    /// A single input or a sleep that takes longer than this past its time is reported as a stall.
    /// </summary>
    public TimeSpan StallThreshold { get; init; } = TimeSpan.FromMilliseconds(400);
}
