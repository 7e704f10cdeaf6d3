using System.Collections.Immutable;

namespace Farspan.Simulation;

/// <summary>
/// Where a packet is looked up: the routes of a Cloud Router, of a VPC network in one Google region, of a
/// Direct Connect gateway, one route table of a transit gateway or of a VPC.
/// </summary>
public sealed record RoutingTable
{
    /// <summary>Such as <c>tgw/us-east-1/rt/main</c>; unique.</summary>
    public required string Name { get; init; }

    /// <summary>What it is a part of, as a map shows it, such as <c>tgw/us-east-1</c>; null: itself.</summary>
    public string? Node { get; init; }

    /// <summary>Of the speaker behind it; 0: it speaks to nobody by BGP.</summary>
    public uint Asn { get; init; }

    public RouteComparison Compares { get; init; } = RouteComparison.Bgp;

    /// <summary>Equal routes that it uses at once; 1: no ECMP.</summary>
    public int PathsMax { get; init; } = 1;

    /// <summary>What has to work for it to forward and to speak.</summary>
    public ImmutableArray<int> Elements { get; init; } = [];
}
