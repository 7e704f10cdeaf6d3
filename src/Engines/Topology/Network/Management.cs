using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>How changes are made, and who acts when something breaks.</summary>
public sealed record Management
{
    public required Origin Origin { get; init; }

    /// <summary>The bucket of Terraform's state.</summary>
    public required string StateBucket { get; init; }

    /// <summary>AWS regions that hold the state.</summary>
    public required ImmutableArray<string> StateRegions { get; init; }

    public required bool HasStateLock { get; init; }

    /// <summary>Null: nothing needs one.</summary>
    public required RouteController? Controller { get; init; }
}
