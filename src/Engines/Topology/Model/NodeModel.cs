using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>Who this process is.</summary>
public sealed record NodeModel
{
    /// <summary>Null: the name of the machine.</summary>
    public required string? Name { get; init; }

    public required ImmutableArray<NodeRole> Roles { get; init; }

    /// <summary>Null: not said.</summary>
    public required string? Region { get; init; }

    /// <summary>Where the node keeps what it must remember.</summary>
    public required string DataDirectory { get; init; }
}
