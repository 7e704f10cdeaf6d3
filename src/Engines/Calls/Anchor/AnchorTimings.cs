namespace Farspan.Calls;

/// <summary>How long the two halves of a call wait for each other.</summary>
public sealed record AnchorTimings
{
    /// <summary>Until a token that the edge did not take is offered again.</summary>
    public TimeSpan TokenRetry { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>From the start of a contact until the edge must have its first token; then the call fails.</summary>
    public TimeSpan FirstTokenMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Until all edges are asked again when none has adopted the caller.</summary>
    public TimeSpan AdoptionRetry { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>From the loss of an edge until its caller is given up.</summary>
    public TimeSpan AdoptionMax { get; init; } = TimeSpan.FromSeconds(30);
}
