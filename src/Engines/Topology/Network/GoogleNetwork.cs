namespace Farspan.Topology;

/// <summary>The VPC network of Google Cloud, which spans all regions. Id <c>vpc/google</c>.</summary>
public sealed record GoogleNetwork : NetworkElement
{
    public required string Project { get; init; }

    public required GoogleRoutingMode RoutingMode { get; init; }

    public required GoogleBestPathMode BestPathMode { get; init; }

    /// <summary>1300 to 8896 bytes.</summary>
    public required int Mtu { get; init; }

    /// <summary>
    /// Whether the design counts on routes learned on one link being told on another one. Cloud Router does
    /// not do that.
    /// </summary>
    public required bool ExpectsTransit { get; init; }
}

/// <summary>Which regions of the network get the routes that a Cloud Router learns.</summary>
public enum GoogleRoutingMode
{
    /// <summary>Its own region alone.</summary>
    Regional,
    Global,
}

/// <summary>How Cloud Routers' routes are compared.</summary>
public enum GoogleBestPathMode
{
    Legacy,

    /// <summary>As RFC 4271 §9.1 has it: AS paths and MEDs count across regions.</summary>
    Standard,
}
