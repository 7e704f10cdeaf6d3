using System.Net;

namespace Farspan.Topology;

/// <summary>A route of a VPC's table.</summary>
/// <param name="Prefix">Where to.</param>
/// <param name="Target">Which kind of thing is next.</param>
/// <param name="TargetId">The transit gateway, or the zone of the NAT gateway; empty for the
/// Internet.</param>
public sealed record AwsRoute(IPNetwork Prefix, AwsRouteTarget Target, string TargetId);

/// <summary>What is next on a route of a VPC.</summary>
public enum AwsRouteTarget
{
    TransitGateway,
    NatGateway,
    InternetGateway,
}
