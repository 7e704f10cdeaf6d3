using System.Collections.Immutable;
using System.Net;

namespace Farspan.Topology;

/// <summary>
/// Half of Google Cloud and half of AWS that belong together: carriers enter through one, Amazon Connect is
/// in the other. Id <c>region/east</c>; <see cref="NetworkElement.Name"/> and
/// <see cref="NetworkElement.Region"/> are the same.
/// </summary>
public sealed record Region : NetworkElement
{
    /// <summary>Such as <c>us-east4</c>.</summary>
    public required string GoogleRegion { get; init; }

    /// <summary>Such as <c>us-east-1</c>.</summary>
    public required string AwsRegion { get; init; }

    public required ImmutableArray<string> GoogleZones { get; init; }

    public required ImmutableArray<string> AwsZones { get; init; }

    /// <summary>Everything the region may ever use; routes that summarise the region name it.</summary>
    public required IPNetwork Supernet { get; init; }

    /// <summary>What its subnets in Google Cloud are taken from.</summary>
    public required IPNetwork GoogleRange { get; init; }

    /// <summary>The VPC's range in AWS.</summary>
    public required IPNetwork AwsRange { get; init; }

    /// <summary>How its Google half reaches its AWS half.</summary>
    public required LinkTransport Transport { get; init; }

    /// <summary>The region whose links are used when this one has none left; empty with one region.</summary>
    public required string Fallback { get; init; }

    /// <summary>Its share of new calls, beside the other regions' weights.</summary>
    public required int Weight { get; init; }
}
