using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>A route table of a transit gateway. Id <c>tgw-table/us-east-1/main</c>.</summary>
public sealed record TransitGatewayTable : NetworkElement
{
    public required string TransitGateway { get; init; }

    /// <summary>Attachments whose traffic is looked up here; each attachment belongs to one table.</summary>
    public required ImmutableArray<string> Associations { get; init; }

    /// <summary>Attachments whose routes appear here by themselves.</summary>
    public required ImmutableArray<string> Propagations { get; init; }

    /// <summary>They win over propagated routes of the same prefix, for as long as they stand here.</summary>
    public required ImmutableArray<TransitGatewayRoute> StaticRoutes { get; init; }
}
