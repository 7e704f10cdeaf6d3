using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>A process that replaces static routes when paths die.</summary>
/// <param name="AwsRegions">Where it runs.</param>
/// <param name="Probing">How it finds out.</param>
/// <param name="Dwell">How long it waits before it acts.</param>
/// <param name="CallTime">Of one call to the cloud's API.</param>
/// <param name="IsIdempotent">Whether it may repeat itself without harm.</param>
/// <param name="HasHysteresis">Whether it goes back slowly.</param>
public sealed record RouteController(
    ImmutableArray<string> AwsRegions,
    Probing Probing,
    TimeSpan Dwell,
    TimeSpan CallTime,
    bool IsIdempotent,
    bool HasHysteresis);
