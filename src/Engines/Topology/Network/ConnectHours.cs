using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>Hours of operation.</summary>
/// <param name="Name">Of the hours.</param>
/// <param name="TimeZone">As the IANA calls it.</param>
/// <param name="Days">The days, such as <c>MONDAY</c>.</param>
/// <param name="Open">From then on.</param>
/// <param name="Close">Until then; 00:00 is the day's end.</param>
public sealed record ConnectHours(
    string Name, string TimeZone, ImmutableArray<string> Days, TimeOnly Open, TimeOnly Close);
