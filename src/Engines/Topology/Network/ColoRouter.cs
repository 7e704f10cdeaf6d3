namespace Farspan.Topology;

/// <summary>Our own router in a colo, between the two clouds. Id <c>colo/east/a</c>.</summary>
public sealed record ColoRouter : NetworkElement
{
    public required uint Asn { get; init; }

    public required string Location { get; init; }

    public required string Provider { get; init; }
}
