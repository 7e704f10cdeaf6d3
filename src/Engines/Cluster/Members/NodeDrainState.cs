namespace Farspan.Cluster;

/// <summary>Whether a node takes new calls.</summary>
public enum NodeDrainState
{
    /// <summary>It does.</summary>
    Serving,

    /// <summary>It takes none and lets those that it has end or hands them over.</summary>
    Draining,

    /// <summary>It has none left and may be stopped.</summary>
    Drained,
}
