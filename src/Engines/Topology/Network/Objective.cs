namespace Farspan.Topology;

/// <summary>A promise about what a failure may cost. Id <c>objective/any-link</c>.</summary>
public sealed record Objective : NetworkElement
{
    public required FailureClass Failure { get; init; }

    /// <summary>How many things fail at once: 1 or 2.</summary>
    public required int Failures { get; init; }

    /// <summary>New calls work again within; null: not promised.</summary>
    public required TimeSpan? NewCallsWithin { get; init; }

    /// <summary>Media of established calls flows again within; null: not promised.</summary>
    public required TimeSpan? EstablishedCallsWithin { get; init; }

    /// <summary>Percent of established calls that live on; null: not promised.</summary>
    public required int? CallsKeptPercent { get; init; }

    /// <summary>
    /// Capacity that is left, in percent beyond the peak: 0 is just the peak; null: not promised.
    /// </summary>
    public required int? HeadroomPercent { get; init; }
}

/// <summary>What an objective is about.</summary>
public enum FailureClass
{
    /// <summary>Any one element.</summary>
    Any,
    Link,

    /// <summary>All links of a region.</summary>
    RegionLinks,
    Tunnel,
    Peering,
    ConnectorInstance,
    Zone,
    EdgeInstance,
    ConnectInstance,
    GoogleRegion,
    AwsRegion,
    Metro,
    Carrier,
    Dns,
    Controller,
}
