namespace Farspan.Node;

/// <summary>The life of a node, in order.</summary>
public enum NodeState
{
    /// <summary>Opening files and sockets, warming up.</summary>
    Starting,

    /// <summary>Taking calls.</summary>
    Ready,

    /// <summary>Letting calls end, taking no new ones; may become ready again.</summary>
    Draining,

    /// <summary>Ending the calls that are left.</summary>
    Stopping,
}
