namespace Farspan.Calls;

/// <summary>How starts and stops of contacts are repeated.</summary>
public sealed record ContactTimings
{
    /// <summary>
    /// From the first start until the caller gets an answer: how long ringing lasts for Connect's sake.
    /// </summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Mean wait before the first repeat; it doubles, with full jitter, up to <see cref="BackOffMax"/>.
    /// </summary>
    public TimeSpan BackOffFirst { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>Longest mean wait between two attempts.</summary>
    public TimeSpan BackOffMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a contact that nobody wants is pursued before it is left to the operator.</summary>
    public TimeSpan SettleLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Starts that may fail one after the other before an instance counts as out of use.</summary>
    public int FailuresMax { get; init; } = 3;

    /// <summary>
    /// From then until the instance is asked whether it works again; doubles up to <see cref="ProbeMax"/>.
    /// </summary>
    public TimeSpan ProbeFirst { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest time between two such questions.</summary>
    public TimeSpan ProbeMax { get; init; } = TimeSpan.FromSeconds(60);
}
