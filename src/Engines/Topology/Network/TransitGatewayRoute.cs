using System.Net;

namespace Farspan.Topology;

/// <summary>
/// A static route of a transit gateway's table. Id <c>tgw-route/us-east-1/main/10.16.0.0/12</c>.
/// </summary>
public sealed record TransitGatewayRoute : NetworkElement
{
    public required IPNetwork Prefix { get; init; }

    /// <summary>Null: what matches is dropped.</summary>
    public required string? Attachment { get; init; }
}
