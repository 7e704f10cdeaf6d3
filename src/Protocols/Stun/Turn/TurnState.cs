namespace Farspan.Stun;

/// <summary>Where a <see cref="TurnClientSession"/> stands.</summary>
public enum TurnState
{
    Idle,
    Allocating,
    Allocated,

    /// <summary>The release is under way.</summary>
    Closing,

    /// <summary>Closed or failed: nothing is sent or understood any more.</summary>
    Closed,
}
