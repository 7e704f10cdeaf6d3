namespace Farspan.Topology;

/// <summary>A connector that an edge gives calls to.</summary>
public sealed record EdgeConnectorModel
{
    public required string Name { get; init; }

    /// <summary>Null: not said.</summary>
    public required string? Region { get; init; }

    /// <summary>TCP or TLS.</summary>
    public required SipListenPoint Address { get; init; }

    public required double Weight { get; init; }
}
