namespace Farspan.Chime;

/// <summary>How long a session waits, and for what.</summary>
public sealed record ChimeTimings
{
    /// <summary>For the WebSocket to open.</summary>
    public TimeSpan Open { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>From JOIN to JOIN_ACK.</summary>
    public TimeSpan Join { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>From JOIN_ACK to INDEX.</summary>
    public TimeSpan Index { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>From SUBSCRIBE to SUBSCRIBE_ACK.</summary>
    public TimeSpan Subscribe { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>From LEAVE to LEAVE_ACK.</summary>
    public TimeSpan Leave { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The whole first start, from opening to SUBSCRIBE_ACK, with all its attempts.</summary>
    public TimeSpan Start { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The whole rejoin, from the loss to SUBSCRIBE_ACK: after it the credentials are dead.
    /// </summary>
    public TimeSpan RejoinWindow { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Pings without a pong after which the signalling is lost: with 2, noticed after 20 s.
    /// </summary>
    public int MaxUnansweredPings { get; init; } = 2;

    /// <summary>
    /// Back-off of attempt n: a random part of this, doubled n - 1 times, up to <see cref="RetryCap"/>.
    /// </summary>
    public TimeSpan RetryBase { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan RetryCap { get; init; } = TimeSpan.FromSeconds(5);
}
