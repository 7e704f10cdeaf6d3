using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>A security group, which is stateful. Id <c>sg/us-east-1/connector</c>.</summary>
public sealed record SecurityGroup : NetworkElement
{
    public required string Vpc { get; init; }

    public required ImmutableArray<FilterRule> Rules { get; init; }
}
