using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>A route table of a VPC. Id <c>route-table/us-east-1/connector-a</c>.</summary>
public sealed record AwsRouteTable : NetworkElement
{
    public required string Vpc { get; init; }

    /// <summary>Besides the VPC's own range, which is always local.</summary>
    public required ImmutableArray<AwsRoute> Routes { get; init; }
}
