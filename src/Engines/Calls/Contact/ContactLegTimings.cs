namespace Farspan.Calls;

/// <summary>How long the media part of a contact leg may take.</summary>
public sealed record ContactLegTimings
{
    /// <summary>From the request for candidates until they are there; TURN allocation included.</summary>
    public TimeSpan Gather { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>From the answer until media flows: ICE checks and the DTLS handshake.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// From the loss of a connected leg until it is given up: then the seat's credentials are dead.
    /// </summary>
    public TimeSpan Rejoin { get; init; } = TimeSpan.FromSeconds(60);
}
