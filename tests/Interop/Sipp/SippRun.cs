namespace Farspan.Interop.Tests;

/// <summary>What SIPp shall do.</summary>
/// <param name="Scenario">One of <see cref="SippScenario"/>.</param>
/// <param name="Phones">One call for each.</param>
internal sealed record SippRun(string Scenario, IReadOnlyList<RtpPhone> Phones)
{
    /// <summary>u1 is UDP, t1 TCP, both with one socket for all calls.</summary>
    public string Transport { get; init; } = "u1";

    /// <summary>The number dialled; null is the lab's.</summary>
    public string? Called { get; init; }

    public int CallsPerSecond { get; init; } = 10;

    /// <summary>Whether the scenario waits for the test.</summary>
    public bool IsControlled { get; init; } = true;
}
