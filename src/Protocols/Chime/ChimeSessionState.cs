namespace Farspan.Chime;

/// <summary>The states of <see cref="ChimeSession"/>.</summary>
public enum ChimeSessionState
{
    Idle,

    /// <summary>A WebSocket is being opened.</summary>
    Opening,

    /// <summary>JOIN is out.</summary>
    Joining,

    /// <summary>JOIN_ACK came, INDEX did not.</summary>
    AwaitingIndex,

    /// <summary>The owner may subscribe.</summary>
    Joined,

    /// <summary>SUBSCRIBE is out.</summary>
    Subscribing,

    Subscribed,

    /// <summary>No WebSocket; the next attempt waits for its back-off.</summary>
    BackingOff,

    /// <summary>LEAVE is out.</summary>
    Leaving,

    /// <summary>Over, because the owner wanted it.</summary>
    Left,

    /// <summary>Over for any other reason.</summary>
    Failed,
}
