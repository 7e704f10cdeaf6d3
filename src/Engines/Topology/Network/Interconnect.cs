namespace Farspan.Topology;

/// <summary>Ports of Google Cloud Interconnect. Id <c>interconnect/us-east4/a</c>.</summary>
public sealed record Interconnect : NetworkElement
{
    public required InterconnectKind Kind { get; init; }

    /// <summary>The facility, such as <c>iad-zone1-1</c>.</summary>
    public required string Location { get; init; }

    /// <summary>The facility of AWS as Google calls it; null unless cross-cloud.</summary>
    public required string? RemoteLocation { get; init; }

    public required string Metro { get; init; }

    /// <summary>The edge availability domain, such as <c>zone1</c>.</summary>
    public required string Zone { get; init; }

    /// <summary>Of one port: 10,000, 100,000 or 400,000.</summary>
    public required int PortMbps { get; init; }

    /// <summary>Ports bundled.</summary>
    public required int PortCount { get; init; }

    public required bool HasMacsec { get; init; }
}

/// <summary>Who the ports lead to.</summary>
public enum InterconnectKind
{
    /// <summary>Our own router in the same building.</summary>
    Dedicated,

    /// <summary>Another cloud.</summary>
    CrossCloud,
}
