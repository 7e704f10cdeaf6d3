namespace Farspan.Simulation;

/// <summary>
/// What a table compares, after the longest prefix, before it shares the traffic among what is left: always the
/// rank, then what is named here, in this order.
/// </summary>
[Flags]
public enum RouteComparison
{
    Rank = 0,
    AsPathLength = 1,
    Origin = 2,

    /// <summary>MED, and the cost of the way between Google regions added to it.</summary>
    Metric = 4,

    /// <summary>One BGP speaker (RFC 4271 §9.1.2.2): Cloud Router, Direct Connect gateway.</summary>
    Bgp = AsPathLength | Origin | Metric,
}
