using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>The side that faces Amazon Connect.</summary>
public sealed record ConnectModel
{
    /// <summary>At least one, unless the node is an edge and nothing else.</summary>
    public required ImmutableArray<InstanceModel> Instances { get; init; }

    public required ContactTimingsModel Timings { get; init; }
}
