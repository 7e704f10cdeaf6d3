using System.Collections.Immutable;
using System.Net;

namespace Farspan.Topology;

/// <summary>A Cloud Router: the BGP speaker of a region in Google Cloud. Id <c>router/us-east4</c>.</summary>
public sealed record CloudRouter : NetworkElement
{
    public required string GoogleRegion { get; init; }

    /// <summary>Null: none is given, and no peer can be added.</summary>
    public required uint? Asn { get; init; }

    public required TimeSpan Keepalive { get; init; }

    /// <summary>Where the BGP identifiers come from; null: Google chooses.</summary>
    public required IPNetwork? IdentifierRange { get; init; }

    public required AdvertiseMode AdvertiseMode { get; init; }

    /// <summary>
    /// In custom mode: whether all subnets are told besides <see cref="AdvertisedRanges"/>.
    /// </summary>
    public required bool AdvertisesAllSubnets { get; init; }

    /// <summary>In custom mode.</summary>
    public required ImmutableArray<IPNetwork> AdvertisedRanges { get; init; }

    /// <summary>MED of what it tells, lower is better.</summary>
    public required int AdvertisedPriority { get; init; }
}

/// <summary>What a Cloud Router tells its peers.</summary>
public enum AdvertiseMode
{
    /// <summary>The subnets of the network: all of them with global routing.</summary>
    Default,

    /// <summary>What is listed.</summary>
    Custom,
}
