namespace Farspan.Ice;

/// <summary>Where an <see cref="IceAgent"/> stands.</summary>
public enum IceState
{
    /// <summary>The peer's description is not known yet; its checks are answered and remembered.</summary>
    New,

    /// <summary>Looking for a pair that works.</summary>
    Checking,

    /// <summary>A pair works and may carry media; none is nominated yet (RFC 8445 §12.1).</summary>
    Connected,

    /// <summary>A pair is nominated; consent is kept fresh.</summary>
    Completed,

    /// <summary>No pair worked in time.</summary>
    Failed,

    /// <summary>The peer no longer consents: nothing may be sent (RFC 7675 §5.1).</summary>
    Disconnected,

    Closed,
}
