namespace Farspan.Topology;

/// <summary>A core network in one region, peered with that region's transit gateway.</summary>
/// <param name="AwsRegion">Where it is.</param>
/// <param name="Asn">Of this edge.</param>
/// <param name="TransitGateway">The transit gateway that it is peered with.</param>
public sealed record CoreNetworkEdge(string AwsRegion, uint Asn, string TransitGateway);
