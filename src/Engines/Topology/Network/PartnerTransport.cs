using System.Collections.Immutable;
using System.Net;

namespace Farspan.Topology;

/// <summary>
/// Google's half of Partner Cross-Cloud Interconnect and AWS Interconnect's half in one: a managed bundle of
/// links. Id <c>transport/us-east4</c>.
/// </summary>
public sealed record PartnerTransport : NetworkElement
{
    public required string GoogleRegion { get; init; }

    public required string AwsRegion { get; init; }

    public required int BandwidthMbps { get; init; }

    /// <summary>What Google tells AWS.</summary>
    public required ImmutableArray<IPNetwork> AdvertisedRanges { get; init; }

    public required string DirectConnectGateway { get; init; }

    /// <summary>The pair of regions as Google calls it.</summary>
    public required string RemoteProfile { get; init; }

    /// <summary>Its links, which share the load.</summary>
    public required ImmutableArray<string> Links { get; init; }
}
