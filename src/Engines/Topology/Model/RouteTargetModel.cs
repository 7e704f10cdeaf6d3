using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>Where a route leads.</summary>
public sealed record RouteTargetModel
{
    /// <summary>The name of the instance.</summary>
    public required string Instance { get; init; }

    public required string ContactFlowId { get; init; }

    /// <summary>A template.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Names and templates, in order of importance.</summary>
    public required ImmutableArray<KeyValuePair<string, string>> Attributes { get; init; }
}
