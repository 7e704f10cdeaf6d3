namespace Farspan.Topology;

/// <summary>What a node does.</summary>
public enum NodeRole
{
    /// <summary>Turns SIP calls into contacts of Amazon Connect.</summary>
    Connector,

    /// <summary>Faces the carriers and gives their calls to connectors.</summary>
    Edge,
}
