namespace Farspan.Topology;

/// <summary>A port of AWS Direct Connect. Id <c>dx/us-east-1/a</c>.</summary>
public sealed record DirectConnectConnection : NetworkElement
{
    public required string AwsRegion { get; init; }

    /// <summary>Such as <c>EqDC2</c>.</summary>
    public required string Location { get; init; }

    /// <summary>The router at the location; empty: not known.</summary>
    public required string Device { get; init; }

    public required int BandwidthMbps { get; init; }

    /// <summary>Whether a partner shares the port with us: one virtual interface only.</summary>
    public required bool IsHosted { get; init; }

    public required bool HasMacsec { get; init; }

    public required string Provider { get; init; }
}
